/** Which levels of an nginx server answer with files. */
import type { Route, VirtualHost } from '../../../model/model.ts';

export function servesFiles({ handler, internal, preemptedBy }: Route): boolean {
  return handler.kind === 'static' && !internal && !preemptedBy;
}

/** The location for all paths that no other takes. */
export function locationForAll({ routes }: VirtualHost): Route | undefined {
  return routes.find(({ match, parent }) => !parent && match.kind.startsWith('prefix') && match.pattern === '/');
}

/** The server level itself answers with files: it has no handler, and paths that no location takes. */
export function serverServesFiles(host: VirtualHost): boolean {
  const answers = host.routes.some(({ match, preemptedBy }) => preemptedBy || match.kind === 'all');
  return host.directive !== undefined && !host.scope.open && !answers && !locationForAll(host);
}
