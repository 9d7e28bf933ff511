import type { Confidence } from '../../finding.ts';
import type { Route, Scope, VirtualHost } from '../../ir/model.ts';
import { backendName, isAuxiliary, isForeign, isStaticPath, proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A backend is not told whether the client came over HTTPS',
    why: 'The backend sees only the connection from the proxy. Without the scheme it builds http:// links and redirects, sends cookies without Secure, and may redirect in a loop.',
    how: 'Set X-Forwarded-Proto to the scheme of the request (nginx: "proxy_set_header X-Forwarded-Proto $scheme;", Apache: "RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}"), or Forwarded with proto=.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-Proto',
      'https://www.rfc-editor.org/rfc/rfc7239',
    ],
  },
  messages: {
    missing:
      'The backend "{{backend}}" is not told the scheme of the client\'s request: neither "X-Forwarded-Proto" nor "Forwarded" is set.',
  },
  check({ model, report }) {
    let tlsSeen: boolean | undefined;

    function confidenceOf({ backend, virtualHost }: ProxyRoute): Confidence {
      const certain = backend.certainty === 'known' && backend.setBy !== undefined;
      if (virtualHost.overTls !== false) return certain ? 'high' : 'medium';
      // Behind another proxy that ends TLS, what it sent is passed on as it came.
      tlsSeen ??= model.virtualHosts.some(({ overTls }) => overTls === true);
      return tlsSeen ? 'medium' : 'low';
    }

    return {
      virtualHost(host) {
        for (const routes of groups(host)) {
          const [first, ...others] = routes as [ProxyRoute, ...ProxyRoute[]];
          report({
            message: 'missing',
            at: first.directive,
            data: { backend: backendName(first.handler.target) },
            confidence: confidenceOf(first),
            related: others.map(({ directive }) => ({ at: directive, message: 'the same holds here' })),
          });
        }
      },
    };
  },
});

/** Routes that lack the header, by the level whose header list they share: one line there mends them all. */
function groups(host: VirtualHost): Iterable<ProxyRoute[]> {
  const bySource = new Map<Scope | undefined, ProxyRoute[]>();
  for (const route of host.routes) {
    const proxied = lacking(route);
    if (!proxied) continue;
    const group = bySource.get(proxied.backend.setBy);
    if (group) group.push(proxied);
    else bySource.set(proxied.backend.setBy, [proxied]);
  }
  return bySource.values();
}

const schemeHeaders = ['x-forwarded-proto', 'forwarded'];

function lacking(route: Route): ProxyRoute | undefined {
  const proxied = proxyRoute(route);
  if (!proxied || proxied.handler.protocol !== 'http') return undefined;
  const { headers, lost, certainty } = proxied.backend;
  if (certainty === 'unread' || schemeHeaders.some((name) => headers.has(name))) return undefined;
  // What an inner level lost is the finding of lost-proxy-headers.
  if (lost.some(({ name }) => schemeHeaders.includes(name.toLowerCase()))) return undefined;
  return isAuxiliary(route) || isStaticPath(route) || isForeign(proxied) ? undefined : proxied;
}
