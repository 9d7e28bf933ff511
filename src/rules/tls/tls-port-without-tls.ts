import type { Listener, VirtualHost } from '../../model/model.ts';
import { headerOf, type Directive } from '../../syntax/tree.ts';
import type { Offer } from '../../edits/lines.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { isLoopback } from './_listeners.ts';

const messages = { plain: 'Port 443 speaks plain HTTP here: {{missing}}.' } as const;

export default defineRule({
  meta: {
    summary: 'Port 443 without TLS',
    why: 'Browsers speak TLS on port 443; a server that answers in plain HTTP there cannot be reached.',
    how: {
      nginx: 'Write "listen 443 ssl;".',
      apache: 'Write "SSLEngine on" in the virtual host.',
    },
    whenOff: 'Where something in front ends TLS and speaks plain HTTP to port 443.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ listen: /443/ }], apache: [{ listen: /443|https/i, virtualhost: /443|https|\$\{/i }] },
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
  messages,
  check: {
    nginx: (context) => ({ listener: (listener) => check(listener, nginx, context) }),
    apache: (context) => ({ listener: (listener) => check(listener, apache, context) }),
  },
});

type Context = Pick<RuleContext<typeof messages, { readonly pieces: boolean }>, 'config' | 'options' | 'report'>;

interface Server {
  /** The key of the directive that speaks of TLS for a whole host. */
  readonly key: string;
  readonly missing: string;
  /** Whether one setting speaks for all sockets of a host; those of an nginx server differ, as that of IPv6 may lack what that of IPv4 has. */
  readonly isOfHost: boolean;
  /** Something else of TLS is set. */
  readonly isMeant: (host: VirtualHost) => boolean;
  readonly fixFor: (at: Directive, hosts: readonly VirtualHost[]) => Offer;
}

const nginx: Server = {
  key: 'ssl',
  missing: '"listen" has no "ssl"',
  isOfHost: false,
  isMeant: ({ tls }) => tls.certificates.length > 0,
  fixFor(at, hosts) {
    if (hosts.length > 1 || hosts[0]!.tls.certificates.length === 0) return {};
    const { file, end } = headerOf(at);
    return { fix: { title: 'Add "ssl"', edits: [{ place: { file, start: end, end }, text: ' ssl' }] } };
  },
};

const apache: Server = {
  key: 'sslengine',
  missing: '"SSLEngine" is not "on"',
  isOfHost: true,
  isMeant: ({ scope }) => scope.effective('sslengine').length > 0,
  // It speaks TLS with a certificate, unless SSLEngine says otherwise.
  fixFor: () => ({}),
};

function check(listener: Listener, server: Server, { config, options, report }: Context): void {
  const { port, tls, http3, proxyProtocol, directives, virtualHosts } = listener;
  if (port !== 443 || tls || http3 || proxyProtocol || isLoopback(listener)) return;
  const at = directives[0];
  /** What was not seen may hold other servers on this socket, of which one with TLS is enough. */
  const isCertain = (host: VirtualHost): boolean =>
    !(server.isOfHost && host.tls.enabled !== false) &&
    host.scope.certainty(server.key) !== 'unread' &&
    (config.serversComplete || options.pieces || server.isMeant(host));
  /** The first virtual host of an address decides for all what it speaks. */
  const isSwitchedOff = (host: VirtualHost): boolean => server.isOfHost && server.isMeant(host) && isCertain(host);
  if (!at || !(isSwitchedOff(virtualHosts[0]!) || virtualHosts.every(isCertain))) return;
  const meant = virtualHosts.every(server.isMeant);
  report({
    message: 'plain',
    at,
    data: { missing: server.missing },
    ...(!config.serversComplete && { confidence: meant ? 'medium' : 'low' }),
    witness: `curl -i 'http://host:443/'`,
    ...server.fixFor(at, virtualHosts),
  });
}
