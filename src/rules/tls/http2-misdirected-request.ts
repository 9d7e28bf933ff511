import type { Listener, VirtualHost } from '../../model/model.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';
import { isRefusal, type Setting, nginxSettings, apacheSettings } from './_shared-connections.ts';

const messages = {
  answers:
    'Handshakes for unknown names are refused here, but a request for one on an HTTP/2 connection of another host is answered: no location returns 421.',
  differs:
    'This host shares the certificate "{{certificate}}" and an HTTP/2 socket with another one, but differs in its {{setting}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'Virtual hosts that share an HTTP/2 socket and a certificate, but not their TLS settings',
    why: 'A browser reuses an HTTP/2 connection for all names of its certificate. Where the settings of the other host differ, the server refuses such requests with status 421; not every client tries again.',
    how: 'Give the hosts the same TLS settings, certificates of their own, or addresses of their own.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: nginxTls, apache: apacheTls },
    references: [
      'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20',
      'https://httpd.apache.org/docs/2.4/mod/mod_http2.html#misdirected',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const seen = new Set<VirtualHost>();
      return {
        listener(listener) {
          checkDefault(context, listener, seen);
          check(context, listener, { settings: nginxSettings, seen });
        },
      };
    },
    apache(context) {
      const seen = new Set<VirtualHost>();
      return { listener: (listener) => check(context, listener, { settings: apacheSettings, seen }) };
    },
  },
});

type Context = Pick<RuleContext<typeof messages>, 'report'>;

/** nginx looks for the host of each request anew, and takes the default host for a name that it does not know. */
function checkDefault(
  { report }: Context,
  { tls, http2, defaultHost, explicitDefault }: Listener,
  seen: Set<VirtualHost>,
): void {
  const rejects = defaultHost.scope.effective('ssl_reject_handshake').at(-1);
  if (!tls || !http2 || !explicitDefault || !rejects || !isOn(rejects) || seen.has(defaultHost)) return;
  if (defaultHost.scope.open || defaultHost.routes.some(isRefusal)) return;
  seen.add(defaultHost);
  const how = 'Add "location / { return 421; }", so that the client asks on a connection of its own.';
  report({ message: 'answers', at: rejects, how });
}

function check(
  { report }: Context,
  { tls, http2, virtualHosts }: Listener,
  { settings, seen }: { settings: readonly Setting[]; seen: Set<VirtualHost> },
): void {
  if (!tls || !http2 || virtualHosts.length < 2) return;
  const byCertificate = new Map<string, VirtualHost>();
  for (const host of virtualHosts) {
    const certificate = host.tls.certificates[0]?.args[0]?.value;
    const at = host.directive;
    if (certificate === undefined || !at || host.tls.enabled !== true) continue;
    const first = byCertificate.get(certificate);
    if (!first) {
      byCertificate.set(certificate, host);
      continue;
    }
    const setting = settings.find(({ of }) => of(host) !== of(first))?.name;
    if (setting === undefined || seen.has(host)) continue;
    seen.add(host);
    const related = first.directive && [{ at: first.directive, message: 'the other host' }];
    report({ message: 'differs', at, data: { certificate, setting }, ...(related && { related }) });
  }
}
