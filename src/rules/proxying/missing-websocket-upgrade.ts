import type { VirtualHost } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { say } from '../_shared/applications/needs.ts';
import { sitesOf } from '../_shared/applications/sites.ts';
import { backendName, routesByBackend, type ProxyRoute } from '../_shared/backends.ts';
import { listOf } from '../../text/words.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { KnownSockets } from './_known-sockets.ts';
import { UpgradeMaps } from './_upgrade-maps.ts';
import { likeliest, speaksOfWebSockets } from './_websocket-signs.ts';
import { upgradeFix, asksForUpgrade, halfWhy, describe, placesOf } from './_websocket-gaps.ts';

const messages = {
  application:
    '{{application}} opens WebSockets at "{{path}}", and this route does not pass the upgrade on{{symptom}}.',
  missing: 'Nothing in this virtual host passes a WebSocket upgrade on to the backend "{{backend}}".',
  halfDone: 'The WebSocket upgrade to the backend "{{backend}}" is only half done: {{gaps}}.',
  halfDoneByDefault:
    'The WebSocket upgrade to the backend "{{backend}}" is only half done before version {{since}}: {{gaps}}.',
  unusedMap:
    'The map makes "{{variable}}" for WebSocket upgrades, but nothing uses it, so no upgrade reaches a backend.',
} as const;

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

type Context = RuleContext<typeof messages>;

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

function passesUpgrade({ backend }: ProxyRoute): boolean {
  return backend.websocket.state === 'full';
}

function checkBackend(context: Context, routes: readonly ProxyRoute[], knows: boolean): boolean {
  const states = new Set(routes.map(({ backend }) => backend.websocket.state));
  if (states.has('full') || states.has('unknown')) return false;
  const half = routes.find(({ backend }) => backend.websocket.state === 'partial');
  if (!half) return reportMissing(context, routes, knows);
  reportHalf(context, half);
  return false;
}

function reportMissing({ targets, report }: Context, routes: readonly ProxyRoute[], knows: boolean): boolean {
  // Who asks a server for it that is too old for that has the finding of upgrade-parameter-version.
  if (routes.some(({ backend, handler }) => backend.certainty === 'unread' || asksForUpgrade(handler.directive)))
    return false;
  const { route, isLikely } = likeliest(routes);
  if (!route) return false;
  const isExpected = isLikely && !knows && speaksOfWebSockets(route);
  const isDoubtful = !isExpected || route.backend.certainty === 'surroundings';
  report({
    message: 'missing',
    at: route.handler.directive,
    severity: isExpected ? 'warning' : 'info',
    confidence: isDoubtful ? 'low' : 'medium',
    data: { backend: backendName(route.handler.target) },
    ...upgradeFix(route, targets),
  });
  return true;
}

function reportHalf({ report }: Context, { handler, backend }: ProxyRoute): void {
  const gaps = backend.websocket.missing;
  const data = { backend: backendName(handler.target), gaps: listOf(gaps.map(describe)) };
  const common = { ...placesOf(gaps, handler.directive), severity: 'error', why: halfWhy } as const;
  const since = gaps.length === 1 ? gaps[0]!.defaultSince : undefined;
  const isOpen = gaps.every(({ certainty }) => certainty === 'surroundings');
  if (since === undefined) {
    report({ message: 'halfDone', ...common, confidence: isOpen ? 'medium' : 'high', data });
  } else {
    const confidence = isOpen ? 'low' : 'medium';
    report({ message: 'halfDoneByDefault', ...common, confidence, data: { ...data, since } });
  }
}

function reportUnused({ config, model, report }: Context, upgradeMaps: UpgradeMaps): void {
  for (const map of upgradeMaps.unused(config, model)) {
    const variable = map.args[1]!;
    const confidence = config.level === 'main' ? 'high' : 'medium';
    const at = placeIn(map, variable);
    report({ message: 'unusedMap', at, confidence, data: { variable: variable.value } });
  }
}
