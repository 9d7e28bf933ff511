/** WebSockets of an application that is known, played through the config. */
import type { WebSocketNeed } from '../../../facts/applications/types.ts';
import { holdsFor } from '../../../facts/applications/versions.ts';
import { isProposal, needsOf } from './needs.ts';
import { upgradeHeaders } from '../../../requests/request-to.ts';
import { arrive, type Arrival } from './probe.ts';
import type { Site } from './sites.ts';
import type { ProxyRoute } from '../backends.ts';
import type { RuleContext } from '../../define-rule.ts';

/** A WebSocket of an application that arrives as a plain request. */
export interface LostSocket {
  readonly need: WebSocketNeed;
  readonly arrival: Arrival;
}

export interface Sockets {
  readonly lost: readonly LostSocket[];
  /** Routes that pass one of its WebSockets on. */
  readonly passing: readonly ProxyRoute[];
  /** False: the application opens none. */
  readonly any: boolean;
}

type Asking = Pick<RuleContext<never>, 'config' | 'model' | 'targets'>;

/** What becomes of each WebSocket that all current versions open; of several that one route loses, the first. */
export function playSockets(asking: Asking, site: Site): Sockets {
  const needs = needsOf(site, 'websocket').filter((need) => holdsFor(need.versions, site.version) === 'yes');
  const lost = new Map<ProxyRoute, LostSocket>();
  const passing: ProxyRoute[] = [];
  for (const need of needs.toSorted(breaksFirst)) {
    for (const path of need.paths) {
      const { protocol, method = 'GET' } = need;
      const arrival = arrive(asking, site, path, { headers: upgradeHeaders(protocol), method });
      if (!arrival) continue;
      if (passes(arrival, protocol)) passing.push(arrival.route);
      else if (!isProposal(need) && isLost(arrival, protocol) && !lost.has(arrival.route))
        lost.set(arrival.route, { need, arrival });
    }
  }
  return { lost: [...lost.values()], passing, any: needs.length > 0 };
}

function breaksFirst(a: WebSocketNeed, b: WebSocketNeed): number {
  return Number(b.strength === 'breaks') - Number(a.strength === 'breaks');
}

/** httpd and nginx may pass `websocket` only, and another protocol not. */
function passes({ outcome }: Arrival, protocol = 'websocket'): boolean {
  if (protocol === 'websocket') return outcome.upgrade === true;
  return outcome.headers.some(
    ({ name, value }) => name.toLowerCase() === 'upgrade' && (value === undefined || value === protocol),
  );
}

/** As far as the config was read, see `certainty` of the route's backend. */
function isLost({ outcome }: Arrival, protocol: string | undefined): boolean {
  return protocol === undefined ? outcome.upgrade === false : true;
}

/** The route that passes the same WebSocket on at the path that another version has, and none of those that took their place. */
export function routeOfOtherVersion(
  asking: Asking,
  site: Site,
  { need, arrival: { path } }: LostSocket,
): ProxyRoute | undefined {
  const { paths, otherPaths = [], protocol } = need;
  const routeFor = (each: string): ProxyRoute | undefined => {
    const arrival = arrive(asking, site, each, { headers: upgradeHeaders(protocol) });
    return arrival && passes(arrival, protocol) ? arrival.route : undefined;
  };
  const other = otherPaths[paths.findIndex((each) => path.endsWith(each))];
  const stale = other === undefined ? undefined : routeFor(other);
  return stale && otherPaths.every((_, index) => routeFor(paths[index]!) !== stale) ? stale : undefined;
}
