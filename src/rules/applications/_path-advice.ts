/** What application-path says, and what to write instead. */
import type { Dialect } from '../../syntax/tree.ts';

export const messages = {
  refused:
    'httpd answers "{{path}}" with 404 itself, because "AllowEncodedSlashes" is off: {{application}} is asked for such paths{{symptom}}.',
  decoded:
    '{{application}} is asked for "{{path}}", and gets "{{sent}}": the encoded slash is decoded on the way{{symptom}}.',
  encodedTwice:
    '{{application}} is asked for "{{path}}", and gets "{{sent}}": the encoded slash is encoded a second time{{symptom}}.',
  prefixLost:
    '{{application}} stands below "{{base}}" and needs that prefix, but the proxy takes it away: it gets "{{sent}}"{{symptom}}.',
  prefixKept: '{{application}} wants to see paths without the prefix "{{base}}", but gets "{{sent}}"{{symptom}}.',
  impossible: '{{application}} works at the root of a host name only, not below "{{base}}"{{symptom}}.',
} as const;

export type Message = keyof typeof messages;

const advices: Readonly<Record<'nginx' | 'apache', Readonly<Partial<Record<Message, string>>>>> = {
  nginx: {
    decoded: 'Write proxy_pass without a URI: scheme, host and port only, without a slash behind them.',
    encodedTwice: 'Write proxy_pass without a URI, or with "$request_uri" alone.',
    prefixLost: 'Leave the URI away from proxy_pass, so that the path arrives as it is.',
    prefixKept: 'End both the location and proxy_pass with a slash: "location /x/ { proxy_pass http://...:port/; }".',
    impossible: 'Give it a host name of its own, with "location / { proxy_pass http://...; }".',
  },
  apache: {
    refused: 'Write "AllowEncodedSlashes NoDecode" in this virtual host, and "nocanon" at the end of the ProxyPass.',
    decoded: 'Write "AllowEncodedSlashes NoDecode" in this virtual host, and "nocanon" at the end of the ProxyPass.',
    encodedTwice: 'Add "nocanon" at the end of the ProxyPass.',
    prefixLost: 'Write the prefix on both sides: "ProxyPass /x/ http://...:port/x/".',
    prefixKept: 'Leave the prefix away from the target: "ProxyPass /x/ http://...:port/".',
    impossible: 'Give it a virtual host of its own, with "ProxyPass / http://.../".',
  },
};

export function advice(dialect: Dialect, message: Message): string {
  return (dialect === 'apache' ? advices.apache : advices.nginx)[message] ?? '';
}
