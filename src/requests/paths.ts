/** Paths that a route is for, and those beside it. */
import type { Route } from '../model/model.ts';
import { encodedPath } from '../model/variation.ts';
import { compilePcre } from '../regex/pcre.ts';
import { samplePath, sampleTexts } from '../regex/sample.ts';
import { toBytes } from '../text/bytes.ts';
import { fnmatch } from '../text/fnmatch.ts';

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

/** As it goes on the request line. */
export interface SamplePath {
  readonly path: string;
  readonly why: string;
}

const samplesOfPattern = 6;

/** Paths that tell the route from its neighbours, the one that it is for first; none for what is reached by its name, or from inside. */
export function pathsAround(route: Route): readonly SamplePath[] {
  const { kind, pattern } = route.match;
  if (route.match.isWildcard) return wildcardPaths(pattern);
  if (kind === 'regex') return patternPaths(route);
  if (kind === 'all') return [sample('/', 'any path'), sample('/x/y', 'any path')];
  if (kind === 'named' || kind === 'condition' || !pattern.startsWith('/')) return [];
  const path = toBytes(pattern);
  const bare = path.replace(/\/$/, '');
  return [
    sample(path, 'the path of the route'),
    ...(path.endsWith('/')
      ? [sample(bare === '' ? '/' : bare, 'the path without its last slash')]
      : [sample(`${path}/`, 'the path with a slash'), sample(`${path}x`, 'a path that begins with the same letters')]),
    sample(`${bare}/x`, 'a path below'),
    sample(`/${path}`, 'the path behind two slashes'),
    sample(`${bare}/x.php`, 'a script below'),
    sample(`${bare}/x%2fy z`, 'a path below with escapes'),
  ];
}

function sample(path: string, why: string): SamplePath {
  return { path: encodedPath(path).replace('%252f', '%2f'), why };
}

/** Two paths that the wildcards match, and one below. */
function wildcardPaths(pattern: string): readonly SamplePath[] {
  const filled = (by: string): string =>
    pattern
      .replaceAll('*', by)
      .replaceAll('?', 'x')
      .replace(/\[([^\]!^])[^[\]]*\]/g, '$1');
  const matching = [...new Set([filled('x'), filled('')])].filter(
    (path) => path.startsWith('/') && fnmatch(pattern, path, { pathname: true }),
  );
  const [first] = matching;
  if (first === undefined) return [];
  return [
    ...matching.map((path) => sample(toBytes(path), 'a path that the wildcards match')),
    sample(toBytes(`${first}/x`), 'a path below'),
  ];
}

/** Texts that the pattern matches, below the prefix around it where it says nothing else, and texts that are almost such. */
function patternPaths(route: Route): readonly SamplePath[] {
  const { pattern, caseInsensitive } = route.match;
  const regex = compilePcre(toBytes(pattern), caseInsensitive);
  const around = prefixAround(route);
  const matching = sampleTexts(toBytes(pattern), samplesOfPattern).flatMap((text) =>
    [...(text.startsWith('/') ? [] : [below(around, `x${text}`)]), below(around, text), below('', text)]
      .filter((path) => regex?.matches(path) === true)
      .slice(0, 1),
  );
  const [first] = matching;
  if (first === undefined) return [];
  return [
    ...matching.map((path) => sample(path, 'a text that the pattern matches')),
    ...[`${first}x`, first.toUpperCase(), below(around, `x${first}`)].map((path) =>
      sample(path, 'a text beside the pattern'),
    ),
  ];
}

/** The literal path of the nearest route around it. */
export function prefixAround({ parent }: Route): string {
  for (let outer = parent; outer; outer = outer.parent) {
    const { kind, pattern } = outer.match;
    if (kind.startsWith('prefix') && pattern.startsWith('/')) return toBytes(pattern);
  }
  return '';
}

/** A path under a prefix, unless it is there already. */
export function below(prefix: string, path: string): string {
  if (path.startsWith(prefix) && path.startsWith('/')) return path;
  return `${prefix.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
}
