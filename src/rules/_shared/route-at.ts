import type { Route } from '../../model/model.ts';
import { headerOf, type Directive } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';

/** The route that a trace names by its place: that of its own directive, or of the one that answers. */
export function routeAt<Each extends Route>(routes: readonly Each[], place: Place | undefined): Each | undefined {
  if (!place) return undefined;
  return routes.find(
    ({ directive, handler }) => isAt(place, directive) || ('directive' in handler && isAt(place, handler.directive)),
  );
}

/** Whether the directive stands at the place, or holds it in its first line. */
export function isAt(place: Place, directive: Directive): boolean {
  const header = headerOf(directive);
  return header.file === place.file && header.start <= place.start && place.end <= header.end;
}
