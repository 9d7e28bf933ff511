import type { Route } from '../model/model.ts';
import { samplePath } from '../regex/sample.ts';

/** A path that the route is for; undefined where none can be named. */
export function pathTo({ match }: Route): string | undefined {
  switch (match.kind) {
    case 'prefix':
    case 'prefix-noregex':
    case 'exact':
      return match.pattern.startsWith('/') ? match.pattern : undefined;
    case 'regex':
      return samplePath(match.pattern);
    case 'all':
      return '/';
    default:
      return undefined;
  }
}
