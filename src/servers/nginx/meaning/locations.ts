/** Which location takes a URI: `ngx_http_core_find_location`. */
import type { Route, VirtualHost } from '../../../model/model.ts';
import type { BoundedRegex, RegexMatch } from '../../../regex/match.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { toBytes } from '../../../text/bytes.ts';
import { giveUp, UnknownAnswer } from '../../../model/unknown.ts';
import type { Candidate } from '../../../model/candidate.ts';
import { passKeys } from './pass.ts';
import { namedLocation } from './route-index.ts';

/** The locations of one level, sorted out once. */
interface Level {
  readonly exact: ReadonlyMap<string, Route>;
  readonly prefixes: ReadonlyMap<string, Route>;
  /** Of the prefixes, each once, longest first. */
  readonly lengths: readonly number[];
  readonly regexes: readonly { readonly regex: BoundedRegex | undefined; readonly route: Route }[];
}

const levels = new WeakMap<VirtualHost, Map<Route | undefined, Level>>();

function levelOf(host: VirtualHost, parent: Route | undefined): Level | undefined {
  let byParent = levels.get(host);
  if (!byParent) levels.set(host, (byParent = sortLevels(host)));
  return byParent.get(parent);
}

function sortLevels(host: VirtualHost): Map<Route | undefined, Level> {
  const groups = new Map<Route | undefined, Route[]>();
  for (const route of host.routes) {
    if (route.directive.key !== 'location') continue;
    // The server level itself may be a route; its locations are at the top all the same.
    const parent = route.parent?.directive.key === 'location' ? route.parent : undefined;
    const group = groups.get(parent);
    if (group) group.push(route);
    else groups.set(parent, [route]);
  }
  return new Map([...groups].map(([parent, routes]) => [parent, levelFrom(routes)]));
}

function levelFrom(routes: readonly Route[]): Level {
  const exact = new Map<string, Route>();
  const prefixes = new Map<string, Route>();
  const regexes: { regex: BoundedRegex | undefined; route: Route }[] = [];
  for (const route of routes) {
    const { kind, pattern, caseInsensitive } = route.match;
    if (kind === 'exact') exact.set(toBytes(pattern), route);
    else if (kind === 'prefix' || kind === 'prefix-noregex') {
      const path = toBytes(pattern);
      if (!prefixes.has(path)) prefixes.set(path, route);
    } else if (kind === 'regex') regexes.push({ regex: compilePcre(toBytes(pattern), caseInsensitive), route });
  }
  const lengths = [...new Set([...prefixes.keys()].map((path) => path.length))].sort((a, b) => b - a);
  return { exact, prefixes, lengths, regexes };
}

/** Longest first. */
function prefixesOf({ prefixes, lengths }: Level, path: string): Route[] {
  return lengths.flatMap((length) => (length <= path.length && prefixes.get(path.slice(0, length))) || []);
}

export interface LocationChoice {
  readonly route: Route | undefined;
  /** The URI lacks the final slash of a proxied location: nginx redirects there. */
  readonly redirect: Route | undefined;
  readonly reason: string;
  readonly candidates: readonly Candidate[];
}

/** What is looked for: byte strings. `onMatch` learns of each regular expression that matches on the way. */
export interface LocationSearch {
  readonly virtualHost: VirtualHost;
  readonly path: string;
  readonly onMatch: (match: RegexMatch) => void;
}

export function findLocation(wanted: LocationSearch): LocationChoice {
  const candidates: Candidate[] = [];
  const found = search(wanted, undefined, candidates);
  return {
    route: found.route,
    redirect: found.redirect,
    reason: found.route ? found.reason : 'no location matches, the server level serves the request',
    candidates,
  };
}

interface Found {
  readonly route: Route | undefined;
  readonly redirect: Route | undefined;
  readonly reason: string;
  /** True: nothing on an outer level may take over. */
  readonly final: boolean;
}

function search(wanted: LocationSearch, parent: Route | undefined, candidates: Candidate[]): Found {
  const level = levelOf(wanted.virtualHost, parent);
  const nothing: Found = { route: undefined, redirect: undefined, reason: '', final: false };
  if (!level) return nothing;
  const { path } = wanted;
  const exact = level.exact.get(path);
  if (exact)
    return { route: exact, redirect: undefined, reason: 'it is an exact match, which ends the search', final: true };
  const auto = autoRedirect(level, path);
  if (auto)
    return {
      route: auto,
      redirect: auto,
      reason: 'the URI lacks only the final slash of this proxied location',
      final: true,
    };

  const matching = prefixesOf(level, path);
  const [best] = matching;
  for (const route of matching.slice(1)) lose(candidates, route, 'a longer prefix matches');
  let found = nothing;
  if (best) {
    const inner = search(wanted, best, candidates);
    if (inner.final) return inner;
    found = inner.route
      ? inner
      : { route: best, redirect: undefined, reason: 'it is the longest prefix that matches', final: false };
    if (best.match.kind === 'prefix-noregex') {
      const reason =
        found.route === best ? 'it is the longest prefix, and "^~" keeps regular expressions out' : found.reason;
      return { ...found, reason };
    }
  }
  for (const { regex, route } of level.regexes) {
    if (!regex) giveUp(`The pattern "${route.match.pattern}" is beyond this tracer.`);
    const match = regex.exec(path);
    if (!match) {
      lose(candidates, route, 'its pattern does not match');
      continue;
    }
    wanted.onMatch(match);
    if (found.route) lose(candidates, found.route, 'a regular expression matches, which wins over a prefix');
    const inner = search(wanted, route, candidates);
    if (inner.route) return { ...inner, final: true };
    return { route, redirect: undefined, reason: 'it is the first regular expression that matches', final: true };
  }
  return found;
}

/** `location /x/ { proxy_pass ...; }` answers a request for `/x` with a redirect, before any regular expression is tried. */
function autoRedirect(level: Level, path: string): Route | undefined {
  if (path.endsWith('/')) return undefined;
  if (level.prefixes.has(path)) return undefined;
  const slashed = `${path}/`;
  const exact = level.exact.get(slashed);
  const prefix = level.prefixes.get(slashed);
  const passes = passKeys.some((key) => [exact, prefix].some((route) => route && route.scope.own(key).length > 0));
  // The settings of the exact location hold, whichever of the two proxies.
  return passes ? (exact ?? prefix) : undefined;
}

function lose(candidates: Candidate[], route: Route, reason: string): void {
  if (candidates.length >= 50) return;
  candidates.push({ text: locationText(route), place: headerOf(route.directive), reason });
}

export function locationText(route: Route): string {
  return [route.directive.name, ...route.directive.args].map((word) => word.raw).join(' ');
}

/** The location of an internal redirect or a subrequest to a fixed target: `@name`, or a path. Undefined where it is not known. */
export function locationOfTarget(target: string, virtualHost: VirtualHost): Route | undefined {
  if (target.startsWith('@')) return namedLocation(virtualHost, target);
  const path = target.replace(/\?.*$/s, '');
  if (!path.startsWith('/') || path.includes('$')) return undefined;
  try {
    return findLocation({ virtualHost, path: toBytes(path), onMatch: () => {} }).route;
  } catch (error) {
    if (error instanceof UnknownAnswer) return undefined;
    throw error;
  }
}
