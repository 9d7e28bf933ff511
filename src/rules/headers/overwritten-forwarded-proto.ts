import { unknown, type VirtualHost } from '../../model/model.ts';
import { proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { once } from '../../text/once.ts';
import { defineRule, type At } from '../define-rule.ts';
import { frontsByPort, frontOf } from './_tls-fronts.ts';
import { aboutScheme, mistakeIn, overTlsValue, readsForwarded, weight } from './_scheme-over-tls.ts';

export default defineRule({
  meta: {
    summary: 'The backend is told "http" as the scheme of clients that speak HTTPS',
    why: 'The backend makes http:// links, or redirects to https for ever. Behind another proxy the scheme of this connection is always http: set as X-Forwarded-Proto it overwrites what the proxy in front said.',
    how: 'Pass on what came, or the own scheme where nothing did. nginx: "map $http_x_forwarded_proto $proto { default $scheme; https https; }" and "proxy_set_header X-Forwarded-Proto $proto;". Apache: "RequestHeader setifempty X-Forwarded-Proto http".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [...nginxTls, 'real_ip_header'], apache: [...apacheTls, 'remoteipheader'] },
    references: [
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-Proto',
      'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    ],
  },
  messages: {
    overTls: 'All requests come over TLS here, and the backend is told "{{header}}: {{value}}".',
    someTls: 'Requests come over TLS here, too, and the backend is told "{{header}}: {{value}}" of all.',
    client:
      'Requests come over TLS here, and the backend is told what clients say, "{{header}}: {{value}}": browsers send no such header, others what they like.',
    ownProxy: 'This overwrites the "https" that another server of this config sends here: the backend is told "http".',
    behindProxy:
      'This server stands behind a proxy, as "{{sign}}" says: if that one speaks HTTPS with clients, the backend is told "http" all the same.',
  },
  check({ config, dialect, model, report }) {
    let fronts: ReadonlyMap<number, ProxyRoute> | undefined;
    const isFronted = once(() => readsForwarded(config));

    function checkOverTls(host: VirtualHost): void {
      const told = new Set<unknown>();
      for (const route of host.routes) {
        const proxied = proxyRoute(route);
        const headers = proxied?.backend.headers;
        if (!proxied || !headers) continue;
        const proto = headers.get('x-forwarded-proto');
        for (const op of aboutScheme.map((name) => headers.get(name))) {
          if (!op || op.origin === 'default' || op.action !== 'set' || told.has(op.origin)) continue;
          told.add(op.origin);
          const message = typeof op.value === 'string' ? mistakeIn(op, op.value, proxied) : undefined;
          if (!message || (message === 'client' && isFronted())) continue;
          const how = `Write ${op === proto && dialect === 'nginx' ? '"$scheme"' : `"${overTlsValue(op)}"`}.`;
          const weaker = message === 'client' ? weight(proxied) : {};
          report({ message, at: op.origin, data: { header: op.name, value: op.value as string }, how, ...weaker });
        }
      }
    }

    return {
      virtualHost(host) {
        if (host.listeners.some(({ tls }) => tls) || host.overTls === true) checkOverTls(host);
        if (!isPlain(host)) return;
        const told = new Set<unknown>();
        for (const route of host.routes) {
          const proxied = proxyRoute(route);
          const op = proxied?.backend.headers.get('x-forwarded-proto');
          if (!proxied || !op || op.origin === 'default' || op.action !== 'set' || told.has(op.origin)) continue;
          if (typeof op.value !== 'string' || !ownScheme.test(op.value)) continue;
          told.add(op.origin);
          fronts ??= frontsByPort(model);
          const front = frontOf(fronts, host);
          const sign = route.scope.effective(dialect === 'nginx' ? 'real_ip_header' : 'remoteipheader').at(-1);
          const related = (at: At, message: string): readonly { at: At; message: string }[] => [{ at, message }];
          if (front)
            report({
              message: 'ownProxy',
              at: op.origin,
              related: related(front.handler.directive, 'sends requests here'),
            });
          else if (sign && !/^proxy_protocol$/i.test(sign.args[0]?.value ?? ''))
            report({
              message: 'behindProxy',
              at: op.origin,
              data: { sign: sign.name.value },
              severity: 'info',
              confidence: 'medium',
              related: related(sign, 'the proxy in front is believed here'),
            });
        }
      },
    };
  },
});

/** The scheme of the connection, or its name. */
const ownScheme = /^(?:\$scheme|\$\{scheme\}|http|(?:expr=)?%\{REQUEST_SCHEME\})$/i;

/** Over TLS the own scheme is right. */
function isPlain({ overTls, listeners, tls }: VirtualHost): boolean {
  return overTls === false || (overTls === unknown && tls.enabled === false && listeners.every((each) => !each.tls));
}
