import { coverage, type PathSet } from '../meaning/paths.ts';
import { PrefixIndex } from './prefix-index.ts';
import { Level } from '../meaning/levels.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import type { Section } from '../meaning/sections.ts';

/** What a route offers to sections: the paths it takes and the backend it sends them to. */
export interface RouteKey {
  readonly paths: PathSet;
  /** The backend URL as written; undefined where not known or no proxy. */
  readonly url: string | undefined;
  /** The section that the route stands in; it applies as a whole. */
  readonly within: Section | undefined;
}

type Applies = 'all' | 'maybe';

/** `<Proxy>` takes the place of `<Directory>`, which a request that is proxied by its URL never meets. */
const mergeOrder: readonly Section['kind'][] = ['proxy', 'files', 'location', 'condition'];

/**
 * Sections that may apply to a route, beyond those that surely do. With more of them nothing can be said of the route, and to say so
 * is what its scope is for then: each would be one more level for each route.
 */
const maxUncertain = 100;
const unread = new Level([], true);

/** The sections of a virtual host, for the question which of them apply to a route. */
export class ApplyingSections {
  readonly #order: ReadonlyMap<Section, number>;
  readonly #files: Section[] = [];
  readonly #proxies: Section[] = [];
  readonly #locations: Section[] = [];
  #locationsByPath: { readonly prefix: PrefixIndex<Section>; readonly regex: PrefixIndex<Section> } | undefined;
  #proxiesByUrl: PrefixIndex<Section> | undefined;
  /** Of which it is not known what they match. */
  readonly #unknown: Section[] = [];
  /** By the section around them. */
  #conditions: Map<Section | undefined, Section[]> | undefined;
  #scopes: Map<string, ApacheScope> | undefined;

  constructor(sections: readonly Section[]) {
    this.#order = new Map(sections.map((section, index) => [section, index]));
    for (const section of sections) {
      const { kind, paths } = section;
      if (kind === 'files') this.#files.push(section);
      else if (kind === 'condition') this.#addCondition(section);
      else (kind === 'proxy' ? this.#proxies : this.#locations).push(section);
      if (!paths && (kind === 'location' || kind === 'proxy')) this.#unknown.push(section);
    }
  }

  #addCondition(section: Section): void {
    this.#conditions ??= new Map();
    const same = this.#conditions.get(section.parent);
    if (same) same.push(section);
    else this.#conditions.set(section.parent, [section]);
  }

  /**
   * The scope of a route: the sections that apply to all its requests, merged in httpd's order over `base`. A section that may
   * apply counts as uncertain; one that surely applies to a part of the requests only is left out.
   */
  scopeOf(route: RouteKey, base: ApacheScope): ApacheScope {
    if (this.#order.size === 0 && !route.within) return base;
    const key = this.#keyOf(route);
    if (key === undefined) return this.#merge(route, base);
    this.#scopes ??= new Map();
    let scope = this.#scopes.get(key);
    if (!scope) this.#scopes.set(key, (scope = this.#merge(route, base)));
    return scope;
  }

  /** The same for routes with the same scope; undefined where the section that the route stands in makes a scope of its own. */
  #keyOf({ paths, url, within }: RouteKey): string | undefined {
    for (let around = within; around; around = around.parent) {
      const isSameForAll = around.kind === 'location' && around.paths && coverage(around.paths, paths) === 'all';
      if (!isSameForAll) return undefined;
    }
    return [paths.kind, paths.prefix, url ?? '\0'].join('\0');
  }

  #merge(route: RouteKey, base: ApacheScope): ApacheScope {
    const applying = this.#applying(route);
    if (applying.size === 0) return base;
    const isSure = ([section, applies]: readonly [Section, Applies]): boolean => applies === 'all' && section.certain;
    let scope = base;
    let merged = [...applying].sort((a, b) => this.#compare(a[0], b[0]));
    const sure = merged.filter(isSure);
    const isTooMuch = merged.length - sure.length > maxUncertain;
    if (isTooMuch) merged = sure;
    for (const entry of merged) scope = scope.merge(entry[0].level, entry[0].directive, isSure(entry));
    return isTooMuch ? scope.merge(unread, [...applying.keys()][0]!.directive, false) : scope;
  }

  #compare(a: Section, b: Section): number {
    return mergeOrder.indexOf(a.kind) - mergeOrder.indexOf(b.kind) || this.#order.get(a)! - this.#order.get(b)!;
  }

  #applying(route: RouteKey): Map<Section, Applies> {
    const { paths, url, within } = route;
    const found = new Map<Section, Applies>();
    const add = (section: Section, applies: Applies): void => {
      if (!found.has(section)) found.set(section, applies);
    };
    for (let around = within; around; around = around.parent) if (this.#order.has(around)) add(around, 'all');
    const addLocation = (section: Section): void => {
      const covered = coverage(section.paths!, paths);
      if (covered === 'all' || covered === 'maybe') add(section, covered);
    };
    if (this.#locations.length > 0) {
      const byPath = (this.#locationsByPath ??= {
        prefix: byPrefix(this.#locations.filter((section) => section.paths?.kind === 'prefix')),
        regex: byPrefix(this.#locations.filter((section) => section.paths?.kind === 'regex')),
      });
      byPath.prefix.beginning(paths.prefix, addLocation);
      // No path below such a section is surely, or all of, what a prefix takes.
      if (paths.kind === 'regex') byPath.prefix.beyond(paths.prefix, addLocation, maxUncertain + 1);
      byPath.regex.beginning(paths.prefix, addLocation, maxUncertain + 1);
      byPath.regex.beyond(paths.prefix, addLocation, maxUncertain + 1);
    }
    if (url === undefined) for (const section of this.#proxies) add(section, 'maybe');
    else if (this.#proxies.length > 0) {
      const byUrl = (this.#proxiesByUrl ??= byPrefix(this.#proxies));
      byUrl.beginning(url, (section) => add(section, section.paths!.kind === 'regex' ? 'maybe' : 'all'));
    }
    for (const section of this.#unknown) add(section, 'maybe');
    // A mapping by file (SetHandler, a rewrite rule in <Directory>) may lie in any other section of its kind.
    if (within?.kind === 'files') for (const section of this.#files) add(section, 'maybe');
    if (!this.#conditions) return found;
    for (const section of this.#conditions.get(undefined) ?? []) add(section, 'maybe');
    // A map hands out what is added to it on the way.
    for (const section of found.keys()) for (const inner of this.#conditions.get(section) ?? []) add(inner, 'maybe');
    return found;
  }
}

function byPrefix(sections: readonly Section[]): PrefixIndex<Section> {
  return new PrefixIndex(
    sections.flatMap((section) => (section.paths ? [[section.paths.prefix, section] as const] : [])),
  );
}
