import { unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Environment } from './environment.ts';
import { readLevel, type Level } from './levels.ts';
import { coverage, everything, prefixPaths, regexPaths, type Coverage, type PathSet } from './paths.ts';
import type { ApacheScope } from './scope.ts';

type Kind = 'proxy' | 'location' | 'files' | 'condition';

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['proxy', 'proxy'],
  ['proxymatch', 'proxy'],
  ['location', 'location'],
  ['locationmatch', 'location'],
  ['directory', 'files'],
  ['directorymatch', 'files'],
  ['files', 'files'],
  ['filesmatch', 'files'],
  ['if', 'condition'],
  ['elseif', 'condition'],
  ['else', 'condition'],
]);

/** A section that is merged over the server's settings for the requests it matches. */
export interface Section {
  readonly kind: Kind;
  readonly directive: Directive;
  readonly level: Level;
  readonly certain: boolean;
  /** The section around it: `<If>` in `<Location>`, `<Files>` in `<Directory>`. */
  readonly parent: Section | undefined;
  /** The paths of a Location, the backend URLs of a Proxy; undefined where not known. */
  readonly paths: PathSet | undefined;
}

/** The sections of a level and those nested in them, in file order. */
export function sectionsOf(level: Level, environment: Environment, parent?: Section): Section[] {
  const sections: Section[] = [];
  for (const { directive, certain } of level.items) {
    const kind = kinds.get(directive.key);
    if (!kind) continue;
    const inner = readLevel(directive.block, environment, certain);
    const section = { kind, directive, level: inner, certain, parent, paths: pathsOf(directive, kind, environment) };
    sections.push(section, ...sectionsOf(inner, environment, section));
  }
  return sections;
}

function pathsOf(directive: Directive, kind: Kind, environment: Environment): PathSet | undefined {
  const words = directive.args;
  const isRegex = directive.key.endsWith('match') || words[0]?.value === '~';
  const word = words[0]?.value === '~' ? words[1] : words[0];
  const text = word && environment.text(word);
  if (text === undefined || text === unknown) return undefined;
  const paths = isRegex ? regexPaths(text) : undefined;
  if (kind === 'proxy' && paths === everything) return prefixPaths('');
  if (paths) return paths;
  // In the URL of a <Proxy>, a star matches slashes too.
  const wildcard = (kind === 'proxy' ? text.replace(/\*$/, '') : text).search(/[*?[]/);
  if (kind === 'proxy' && wildcard === -1) return prefixPaths(text.replace(/\*$/, ''));
  return wildcard === -1 ? prefixPaths(text) : { kind: 'regex', prefix: text.slice(0, wildcard) };
}

/** What a route offers to sections: the paths it takes and the backend it sends them to. */
export interface RouteKey {
  readonly paths: PathSet;
  /** The backend URL as written; undefined where not known or no proxy. */
  readonly url: string | undefined;
  /** The section that the route stands in; it applies as a whole. */
  readonly within: Section | undefined;
}

/**
 * The scope of a route: the sections that apply to all its requests, merged in httpd's order over `base`. A section that may
 * apply counts as uncertain; one that surely applies to a part of the requests only is left out.
 */
export function scopeOf(route: RouteKey, base: ApacheScope, sections: readonly Section[]): ApacheScope {
  let scope = base;
  for (const kinds of mergeOrder) {
    for (const section of sections) {
      if (!kinds.includes(section.kind)) continue;
      const applies = applicability(section, route);
      if (applies === 'all' || applies === 'maybe') {
        scope = scope.merge(section.level, section.directive, applies === 'all' && section.certain);
      }
    }
  }
  return scope;
}

/** `<Proxy>` takes the place of `<Directory>`, which a request that is proxied by its URL never meets. */
const mergeOrder: readonly (readonly Kind[])[] = [['proxy'], ['files'], ['location'], ['condition']];

function applicability(section: Section, route: RouteKey): Coverage {
  for (let around = route.within; around; around = around.parent) if (around === section) return 'all';
  switch (section.kind) {
    case 'location':
      return section.paths ? coverage(section.paths, route.paths) : 'maybe';
    case 'proxy':
      return proxyApplies(section, route.url);
    case 'files':
      // A mapping by file (SetHandler, a rewrite rule in <Directory>) may lie in any other section of its kind.
      return route.within?.kind === 'files' ? 'maybe' : 'none';
    case 'condition':
      return section.parent && !['all', 'maybe'].includes(applicability(section.parent, route)) ? 'none' : 'maybe';
  }
}

function proxyApplies(section: Section, url: string | undefined): Coverage {
  if (!section.paths || url === undefined) return 'maybe';
  if (section.paths.kind === 'regex') return url.startsWith(section.paths.prefix) ? 'maybe' : 'none';
  return url.startsWith(section.paths.prefix) ? 'all' : 'none';
}
