/** Further ports of an application: those that its contract names beside the main one are parts of it. */
import { hintsOfPort } from '../../../facts/applications/names.ts';
import type { Application } from '../../../facts/applications/types.ts';
import { destinationsOf, type Destination } from '../../../model/destinations.ts';
import { isLoopbackHost } from '../../../model/network.ts';
import type { VirtualHost } from '../../../model/model.ts';
import { routesByBackend, type ProxyRoute } from '../backends.ts';

/**
 * Routes of the host to the same machine, at ports of the application: those that hardly another one has, or for paths that its contract
 * sends to ports of their own. `isTaken`: tells routes that lead to an application already.
 */
export function routesToFurtherPorts(
  host: VirtualHost,
  [first]: readonly ProxyRoute[],
  application: Application,
  isTaken: (route: ProxyRoute) => boolean,
): ProxyRoute[] {
  const groups = routesByBackend(host);
  if (groups.size < 2) return [];
  const machines = new Set(destinationsOf(first!.handler).map(machineOf));
  return [...groups.values()].flatMap((routes) => {
    if (isTaken(routes[0]!)) return [];
    const destinations = destinationsOf(routes[0]!.handler);
    const isPart = destinations.every(
      (destination) =>
        machines.has(machineOf(destination)) &&
        routes.some(({ match }) => isPortOf(application, destination.port, match.pattern)),
    );
    return isPart && destinations.length > 0 ? routes : [];
  });
}

function machineOf({ host }: Destination): string {
  return isLoopbackHost(host) ? 'localhost' : host;
}

function isPortOf({ id, needs }: Application, port: number, pattern: string): boolean {
  const hint = hintsOfPort(port).find((each) => each.id === id);
  if (hint && hint.weight > 1) return true;
  return needs.some(
    (need) => need.about === 'port' && (hint || need.port === port) && need.paths.some((path) => isFor(pattern, path)),
  );
}

/** A pattern that says more than where the site begins, and takes the path. */
function isFor(pattern: string, path: string): boolean {
  return pattern.length > 1 && (path.startsWith(pattern) || pattern.endsWith(path) || pattern.startsWith(path));
}
