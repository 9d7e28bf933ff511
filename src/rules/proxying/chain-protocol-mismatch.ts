import type { Endpoint, Link, Topology } from '../../topology/topology.ts';
import { defineRule } from '../define-rule.ts';
import type { Confidence } from '../finding.ts';

const messages = {
  unsent: '{{back}} expects the PROXY protocol, and nothing sends it here.',
  unexpected: 'The PROXY protocol is sent to {{back}}, which does not expect it.',
  plain: 'Plain HTTP goes to {{back}}, which speaks TLS.',
  encrypted: 'TLS goes to {{back}}, which speaks plain HTTP.',
  grpc: 'Requests of gRPC go to {{back}}, which does not speak HTTP/2.',
} as const;

export default defineRule({
  meta: {
    summary: 'A server speaks another protocol to the next one than that one expects',
    why: 'The server behind takes what comes for a broken request or handshake, or waits for what never comes: no request gets through.',
    how: 'Let both say the same: "proxy_protocol" on both sides or on none, "https://" for a listener with TLS, "http2 on" for gRPC. sslh and the stream servers of nginx hand TLS on as it came.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
      'https://nginx.org/en/docs/http/ngx_http_grpc_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html#remoteipproxyprotocol',
      'https://github.com/yrutschle/sslh/blob/master/doc/proxyprotocol.md',
    ],
  },
  messages,
  check: ({ config, topology, report }) => ({
    end() {
      const told = new Set<string>();
      for (const link of topology.links) {
        const message = link.from.config === config ? mismatchOf(link) : undefined;
        const key = `${link.place.file.path}:${link.place.start}`;
        if (!message || told.has(key)) continue;
        told.add(key);
        const { place } = link.to;
        report({
          message,
          at: link.place,
          confidence: confidenceOf(topology, link),
          data: { back: endpointName(link) },
          related: place ? [{ at: place, message: 'listens there' }] : [],
        });
      }
    },
  }),
});

/** One config by itself is for proxy-protocol-mismatch and plain-http-to-tls-port, but for what these do not ask. */
function mismatchOf(link: Link): keyof typeof messages | undefined {
  const { to } = link;
  if (
    link.kind === 'route' &&
    link.route.handler.kind === 'proxy' &&
    link.route.handler.protocol === 'grpc' &&
    to.listener
  )
    return !to.listener.http2 && link.tls === to.tls ? 'grpc' : undefined;
  if (link.from === to.member && link.kind === 'route') return undefined;
  const header = headerMismatch(link, to);
  if (header || link.from === to.member) return link.from === to.member ? undefined : header;
  if (to.proxyProtocol && !sends(link)) return undefined;
  const tls =
    link.kind === 'route' ? link.tls : link.relay.carries === undefined ? undefined : link.relay.carries === 'tls';
  if (!to.listener || tls === undefined || tls === to.tls) return undefined;
  return tls ? 'encrypted' : 'plain';
}

function sends(link: Link): boolean {
  return link.kind === 'relay' && link.relay.sendsHeader;
}

function headerMismatch(link: Link, to: Endpoint): 'unsent' | 'unexpected' | undefined {
  if (sends(link) === to.proxyProtocol) return undefined;
  // sslh takes connections with a header and without.
  if (to.member.config.dialect === 'sslh') return undefined;
  const { listener } = to;
  const hasExceptions = listener?.virtualHosts.some(
    ({ scope }) => scope.effective('remoteipproxyprotocolexceptions').length > 0,
  );
  if (hasExceptions) return undefined;
  return to.proxyProtocol ? 'unsent' : 'unexpected';
}

function confidenceOf({ isStated }: Topology, { from, to }: Link): Confidence {
  return isStated || from === to.member ? 'high' : 'medium';
}

function endpointName({ from, to }: Link): string {
  const where = to.port === undefined ? to.address : `${to.address}:${to.port}`;
  return from === to.member ? `"${where}"` : `"${where}" of ${to.member.config.file.source.path}`;
}
