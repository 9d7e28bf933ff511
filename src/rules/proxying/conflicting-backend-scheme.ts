import type { Route } from '../../model/model.ts';
import { isLoopbackHost } from '../../model/network.ts';
import { placeIn } from '../../syntax/tree.ts';
import { destinationsOf, ownListeners, type Destination } from '../../model/destinations.ts';
import { sitesOf, type Site } from '../_shared/applications/sites.ts';
import { nginxTlsPass, apacheTlsPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'One port of a backend is spoken to over TLS in one place and in plain in another',
    why: 'A port speaks one of both: requests of the other place are answered with 400 or 502.',
    how: 'Use the scheme that the backend speaks in all places.',
    whenOff: 'Where the port of the backend takes both.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxTlsPass], apache: [apacheTlsPass] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages: {
    conflict: '"{{scheme}}" goes to port {{port}} of "{{host}}" here, and "{{other}}" elsewhere.',
  },
  check(context) {
    const { config, model, topology } = context;
    const first = new Map<string, Use>();
    const conflicts: Conflict[] = [];

    function check({ handler, preemptedBy, match }: Route): void {
      if (handler.kind !== 'proxy' || preemptedBy || match.kind === 'condition') return;
      if (handler.protocol !== 'http' && handler.protocol !== 'websocket' && handler.protocol !== 'grpc') return;
      for (const destination of destinationsOf(handler)) {
        const { host, port, tls } = destination;
        const key = `${host}:${port}`;
        const other = first.get(key);
        if (!other) first.set(key, { destination, handler });
        // Where this config listens itself, or the number tells, plain-http-to-tls-port says which of both is wrong.
        if (!other || other.destination.tls === tls || isDecided(destination)) continue;
        conflicts.push({ use: { destination, handler }, other });
        return;
      }
    }

    /** Servers of other configs that the same address means the same machine to. */
    function checkOthers(): void {
      const own = topology.members.find((member) => member.config === config);
      if (!own || topology.members.length < 2) return;
      for (const { config: other, model: others, machine } of topology.members) {
        if (other === config) continue;
        for (const route of others.virtualHosts.flatMap(({ routes }) => routes)) {
          const { handler, preemptedBy } = route;
          if (handler.kind !== 'proxy' || handler.protocol !== 'http' || preemptedBy) continue;
          for (const destination of destinationsOf(handler)) {
            const use = first.get(`${destination.host}:${destination.port}`);
            const isSame = machine === own.machine || !isLoopbackHost(destination.host);
            if (!use || !isSame || use.destination.tls === destination.tls || isDecided(destination)) continue;
            conflicts.push({ use, other: { destination, handler } });
            first.delete(`${destination.host}:${destination.port}`);
          }
        }
      }
    }

    function isDecided({ host, port }: Destination): boolean {
      return port === 80 || port === 443 || ownListeners(model, host, port).length > 0;
    }

    return {
      route: check,
      async end() {
        checkOthers();
        const sites = conflicts.length > 0 ? await sitesOf(context) : [];
        for (const { use, other } of conflicts) {
          // application-backend says which place is wrong.
          if (sites.some((site) => isFixedAt(site, use.destination.port))) continue;
          const { scheme, port, host } = use.destination;
          context.report({
            message: 'conflict',
            at: placeIn(use.handler.directive, use.handler.target.word),
            data: { scheme, port, host, other: other.destination.scheme },
            related: [{ at: placeIn(other.handler.directive, other.handler.target.word), message: 'the other place' }],
          });
        }
      },
    };
  },
});

/** Whether it is known that the port speaks one protocol only. */
function isFixedAt({ application, routes, sureness }: Site, port: number): boolean {
  const isThere = routes.some(({ handler }) => destinationsOf(handler).some((each) => each.port === port));
  const known = application.ports.filter((each) => each.port === port);
  return isThere && sureness !== 'probable' && known.length === 1 && known[0]!.fixed === true;
}

interface Conflict {
  readonly use: Use;
  readonly other: Use;
}

/** The first place that sends requests there. */
interface Use {
  readonly destination: Destination;
  readonly handler: Extract<Route['handler'], { kind: 'proxy' }>;
}
