import type { Listener, VirtualHost } from '../../ir/model.ts';
import { headerOf, type Directive } from '../../ir/syntax.ts';
import type { Offer } from '../_shared/edits.ts';
import { defineRule } from '../define-rule.ts';
import { isLoopback } from './_listeners.ts';

export default defineRule({
  meta: {
    summary: 'Port 443 without TLS',
    why: 'Browsers speak TLS on port 443; a server that answers in plain HTTP there cannot be reached.',
    how: 'nginx: "listen 443 ssl;". Apache: "SSLEngine on" in the virtual host.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/configuring_https_servers.html',
      'https://httpd.apache.org/docs/2.4/ssl/ssl_howto.html',
    ],
  },
  messages: { plain: 'Port 443 speaks plain HTTP here: {{missing}}.' },
  check({ config, dialect, report }) {
    const missing = dialect === 'nginx' ? '"listen" has no "ssl"' : '"SSLEngine" is not "on"';

    /** What was not seen may hold other servers on this socket, of which one with TLS is enough. */
    function isCertain(host: VirtualHost): boolean {
      if (host.tls.enabled !== false) return false;
      const key = dialect === 'nginx' ? 'ssl' : 'sslengine';
      if (host.scope.certainty(key) === 'unread') return false;
      if (config.complete) return true;
      return dialect === 'nginx' ? host.tls.certificates.length > 0 : host.scope.effective(key).length > 0;
    }

    function check(listener: Listener): void {
      const { port, tls, http3, proxyProtocol, directives, virtualHosts } = listener;
      if (port !== 443 || tls || http3 || proxyProtocol || isLoopback(listener)) return;
      const at = directives[0];
      if (!at || !virtualHosts.every(isCertain)) return;
      report({
        message: 'plain',
        at,
        data: { missing },
        confidence: config.complete ? 'high' : 'medium',
        witness: `curl -i 'http://host:443/'`,
        ...fixFor(at, virtualHosts),
      });
    }

    /** Only nginx: Apache speaks TLS with a certificate, unless SSLEngine says otherwise. */
    function fixFor(at: Directive, hosts: readonly VirtualHost[]): Offer {
      if (dialect !== 'nginx' || hosts.length > 1 || hosts[0]!.tls.certificates.length === 0) return {};
      const { file, end } = headerOf(at);
      return { fix: { title: 'Add "ssl"', edits: [{ place: { file, start: end, end }, text: ' ssl' }] } };
    }

    return { listener: check };
  },
});
