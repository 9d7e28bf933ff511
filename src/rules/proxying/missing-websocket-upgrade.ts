import type { VirtualHost } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { say } from '../_shared/applications/needs.ts';
import { sitesOf } from '../_shared/applications/sites.ts';
import { routesByBackend } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { KnownSockets } from './_known-sockets.ts';
import { UpgradeMaps } from './_upgrade-maps.ts';
import { messages, type Context, passesUpgrade, checkBackend } from './_missing-upgrades.ts';

export default defineRule({
  meta: {
    summary: 'A virtual host proxies to a backend without passing the WebSocket upgrade on, or passes on half of it',
    why: 'Upgrade and Connection concern one hop and are not passed on by themselves, so WebSocket connections to this backend fail.',
    how: {
      nginx:
        'Write "proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;" and "proxy_set_header Connection $connection_upgrade;" with a map from $http_upgrade. If the application has no WebSockets, switch the rule off here.',
      apache:
        'Write "ProxyPass ... upgrade=websocket" (since 2.4.47) or a ws:// target. If the application has no WebSockets, switch the rule off here.',
    },
    whenOff: 'Where the application opens no WebSockets: say so with a comment at the host.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/websocket.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#wsupgrade',
      'https://www.rfc-editor.org/rfc/rfc6455',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const upgradeMaps = new UpgradeMaps();
      const hosts: VirtualHost[] = [];
      return {
        virtualHost: (host) => void hosts.push(host),
        directives: {
          map: (directive) => upgradeMaps.add(directive),
        },
        async end() {
          const missing = await checkHosts(context, hosts);
          if (missing > 0) reportUnused(context, upgradeMaps);
        },
      };
    },
    apache(context) {
      const hosts: VirtualHost[] = [];
      return {
        virtualHost: (host) => void hosts.push(host),
        end: async () => void (await checkHosts(context, hosts)),
      };
    },
  },
});

/** How many backends get no upgrade at all, though nothing shows that they need none. Of known applications their own WebSockets are played. */
async function checkHosts(context: Context, hosts: readonly VirtualHost[]): Promise<number> {
  const sites = hosts.some(({ routes }) => routes.length > 0) ? await sitesOf(context) : [];
  const siteOf = new Map(sites.flatMap((site) => site.routes.map((route) => [route, site] as const)));
  const known = new KnownSockets(context, (said) => say(context, said));
  let missing = 0;
  for (const host of hosts) {
    const groups = routesByBackend(host);
    // A virtual host that passes upgrades on to another backend seldom forgot this one.
    const knows = [...groups.values()].some((routes) => routes.some(passesUpgrade));
    for (const routes of groups.values()) {
      const site = siteOf.size > 0 ? siteOf.get(routes[0]!) : undefined;
      if (!known.judges(site) && checkBackend(context, routes, knows)) missing++;
    }
  }
  return missing + known.missing;
}

function reportUnused({ config, model, report }: Context, upgradeMaps: UpgradeMaps): void {
  for (const map of upgradeMaps.unused(config, model)) {
    const variable = map.args[1]!;
    const confidence = config.level === 'main' ? 'high' : 'medium';
    const at = placeIn(map, variable);
    report({ message: 'unusedMap', at, confidence, data: { variable: variable.value } });
  }
}
