/** The virtual host that takes a request. */
import type { VirtualHost } from '../model/model.ts';
import { headerOf, placeIn } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';
import type { Hop } from '../topology/follow.ts';

/** Undefined where none does, or the config has no blocks for them. */
export function virtualHostOf({ member, trace }: Hop): VirtualHost | undefined {
  const place = trace.virtualHost?.place;
  return place && member.model.virtualHosts.find((host) => belongsTo(place, host));
}

/** The trace points at the name that was asked for, or at the virtual host. */
function belongsTo(place: Place, { directive, names }: VirtualHost): boolean {
  if (directive && isWithin(place, { file: directive.parent.file, start: directive.start, end: directive.end }))
    return true;
  return names.some((name) => isWithin(place, placeIn(name.directive, name.word)));
}

function isWithin(place: Place, { file, start, end }: Place): boolean {
  return place.file === file && start <= place.start && place.end <= end;
}

/** Where its block begins. */
export function placeOf({ directive }: VirtualHost): Place | undefined {
  return directive && headerOf(directive);
}
