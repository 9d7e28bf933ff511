import type { Listener, VirtualHost } from '../../model/model.ts';
import { headerOf, type Directive } from '../../syntax/tree.ts';
import type { Offer } from '../../edits/lines.ts';
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
    options: {
      pieces: {
        type: 'boolean',
        default: false,
        description:
          'Report a piece of a config too, although a server that is not seen may have TLS on the same port.',
      },
    },
    pedanticOptions: { pieces: true },
    references: [
      'https://nginx.org/en/docs/http/configuring_https_servers.html',
      'https://httpd.apache.org/docs/2.4/ssl/ssl_howto.html',
    ],
  },
  messages: { plain: 'Port 443 speaks plain HTTP here: {{missing}}.' },
  check({ config, dialect, options, report }) {
    const key = dialect === 'nginx' ? 'ssl' : 'sslengine';
    const missing = dialect === 'nginx' ? '"listen" has no "ssl"' : '"SSLEngine" is not "on"';

    /** What was not seen may hold other servers on this socket, of which one with TLS is enough. */
    function isCertain(host: VirtualHost): boolean {
      // The sockets of an nginx server differ: that of IPv6 may lack what that of IPv4 has.
      if (dialect === 'apache' && host.tls.enabled !== false) return false;
      if (host.scope.certainty(key) === 'unread') return false;
      return config.complete || options['pieces'] === true || isMeant(host);
    }

    /** Something else of TLS is set. */
    function isMeant(host: VirtualHost): boolean {
      return dialect === 'nginx' ? host.tls.certificates.length > 0 : host.scope.effective(key).length > 0;
    }

    /** The first virtual host of an address decides for all that it speaks. */
    function isSwitchedOff(host: VirtualHost): boolean {
      return dialect === 'apache' && host.scope.effective(key).length > 0 && isCertain(host);
    }

    function check(listener: Listener): void {
      const { port, tls, http3, proxyProtocol, directives, virtualHosts } = listener;
      if (port !== 443 || tls || http3 || proxyProtocol || isLoopback(listener)) return;
      const at = directives[0];
      if (!at || !(isSwitchedOff(virtualHosts[0]!) || virtualHosts.every(isCertain))) return;
      const meant = virtualHosts.every(isMeant);
      report({
        message: 'plain',
        at,
        data: { missing },
        ...(!config.complete && { confidence: meant ? 'medium' : 'low' }),
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
