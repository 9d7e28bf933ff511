import type { Listener } from '../../model/model.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { isLoopback } from './_listeners.ts';

const messages = {
  encrypted: 'Port 80 speaks TLS here, because of "{{reason}}": plain requests are refused.',
} as const;

export default defineRule({
  meta: {
    summary: 'Port 80 with TLS',
    why: 'Browsers speak plain HTTP on port 80; nginx answers "The plain HTTP request was sent to HTTPS port", Apache "Bad Request".',
    how: 'Give TLS to port 443 and let port 80 redirect there, each in a server or virtual host of its own.',
    whenOff: 'Where another port is mapped to this one, such as 443 to port 80 of a container.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxTls, apache: apacheTls },
    references: [
      'https://nginx.org/en/docs/http/configuring_https_servers.html#single_http_https_server',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({ listener: (listener) => check(context, listener, 'ssl') }),
    apache: (context) => ({ listener: (listener) => check(context, listener, 'sslengine') }),
  },
});

/** `key`: of the directive that turns TLS on for a whole host. */
function check({ report }: RuleContext<typeof messages>, listener: Listener, key: string): void {
  if (listener.port !== 80 || !listener.tls || listener.http3 || isLoopback(listener)) return;
  const host = listener.virtualHosts.find(({ tls }) => tls.enabled === true);
  const at = listener.directives.find(({ args }) => args.some(({ value }) => value === 'ssl'));
  const on = host?.scope.effective(key).at(-1);
  const place = at ?? listener.directives[0];
  if (!host || !place || !(at ?? on)) return;
  report({
    message: 'encrypted',
    at: place,
    witness: `curl -i 'http://host:80/'`,
    data: { reason: at ? 'ssl' : `${on!.name.value} on` },
    ...(!at && on && { related: [{ at: on, message: 'holds for all ports of the virtual host' }] }),
  });
}
