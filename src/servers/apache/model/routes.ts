import { unknown, type Backend, type Handler, type Match, type Route, type VirtualHost } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { readBackend } from './backend.ts';
import { ApplyingSections } from './applying-sections.ts';
import type { Environment } from '../meaning/environment.ts';
import { mappingKeys, readMapping, readRewriteMapping, type Action, type Mapping } from './handlers.ts';
import type { Level } from '../meaning/levels.ts';
import { everything, type PathSet } from '../meaning/paths.ts';
import { preempts } from './preempt.ts';
import { isRewriting, rewriteRules } from '../meaning/rewrite.ts';
import { ApacheScope } from '../meaning/scope.ts';
import { isSection, type Section } from '../meaning/sections.ts';
import { protocolOf, readTarget } from '../meaning/target.ts';
import type { WorkerSettings } from './upstreams.ts';
import { ApacheRoute, noBackend } from './apache-route.ts';

export interface RouteInput {
  readonly virtualHost: VirtualHost;
  readonly scope: ApacheScope;
  /** Of the main server first, if it is merged into this host. */
  readonly levels: readonly Level[];
  readonly sections: readonly Section[];
  readonly workers: WorkerSettings;
  readonly environment: Environment;
}

/** The routes of a virtual host: what it inherits from the main server, then its own, each in file order. */
export function readRoutes(input: RouteInput): Route[] {
  const builder = new RouteBuilder(input);
  for (const level of input.levels) builder.level(level, level === input.scope.level);
  for (const section of input.sections) builder.section(section);
  return builder.routes.sort((a, b) => a.order - b.order).map(({ route }) => route);
}

class RouteBuilder {
  readonly routes: { readonly order: number; readonly route: Route }[] = [];
  readonly #input: RouteInput;
  readonly #sections: ApplyingSections;
  readonly #bySection = new Map<Section, Route>();
  /** Of what may become a route, its place among the directives of the levels. */
  readonly #order = new Map<Directive, number>();
  readonly #end: number;
  #preemptedBy: Directive | undefined;

  constructor(input: RouteInput) {
    this.#input = input;
    this.#sections = new ApplyingSections(input.sections);
    let place = 0;
    for (const level of input.levels)
      for (const { directive } of level.items) {
        if (isOrdered(directive.key)) this.#order.set(directive, place);
        place++;
      }
    this.#end = place;
  }

  /** The mappings that stand on a level itself. Rewrite rules of the main server do not reach a virtual host. */
  level(level: Level, isOwn: boolean): void {
    const { environment } = this.#input;
    if (isOwn && isRewriting(this.#input.scope) !== false) this.#rewrites(level, undefined);
    for (const { directive } of level.items) {
      if (!mappingKeys.has(directive.key)) continue;
      const mapping = readMapping(directive, environment);
      if (mapping) this.#add(mapping, undefined);
    }
  }

  /** A Location is a route; other sections only where they have a handler of their own. */
  section(section: Section): void {
    const { environment } = this.#input;
    const paths = section.paths ?? { kind: 'regex', prefix: '' };
    const own = this.#sectionAction(section, paths);
    if (own || section.kind === 'location') {
      const action: Action = own ?? { kind: 'other', handler: sectionHandler(section) };
      const route = this.#add(
        { directive: section.directive, match: sectionMatch(section, paths), paths, action, conditions: [] },
        section,
      );
      this.#bySection.set(section, route);
    }
    if (section.kind !== 'proxy' && hasRewriteRules(section)) this.#rewrites(section.level, section);
    for (const { directive } of section.level.items) {
      if (!directive.key.startsWith('redirect') && !directive.key.startsWith('alias')) continue;
      const mapping = readMapping(directive, environment, paths);
      if (mapping) this.#add(mapping, section);
    }
  }

  #rewrites(level: Level, section: Section | undefined): void {
    for (const rule of rewriteRules(level, this.#input.environment)) {
      const mapping = readRewriteMapping(rule);
      if (!mapping) continue;
      this.#add(
        section?.kind === 'location' ? { ...mapping, paths: section.paths ?? mapping.paths } : mapping,
        section,
      );
      if (!section && preempts(rule, mapping)) this.#preemptedBy ??= rule.directive;
    }
  }

  /** ProxyPass in a Location, or a proxy as handler of any section. */
  #sectionAction(section: Section, paths: PathSet): Action | undefined {
    const { environment } = this.#input;
    const pass = section.level.items.findLast(({ directive }) => /^proxypass(?:match)?$/.test(directive.key));
    if (pass) return readMapping(pass.directive, environment, paths)?.action;
    const handler = section.level.named('sethandler').at(-1)?.directive.args[0];
    return handler && handlerAction(handler, environment);
  }

  #add(mapping: Mapping, within: Section | undefined): Route {
    const { virtualHost, workers, environment } = this.#input;
    const { directive, match, action, conditions } = mapping;
    const parent = within && (this.#bySection.get(within) ?? this.#parentOf(within));
    const url = action.kind === 'proxy' && action.text !== unknown ? action.text : undefined;
    const fields = { directive, match, virtualHost, parent, preemptedBy: this.#preemptedBy, conditions };
    // The routes do not hold the builder: there are tens of thousands of them.
    const sections = this.#sections;
    const base = this.#input.scope;
    const readScope = (): ApacheScope => sections.scopeOf({ paths: mapping.paths, url, within }, base);
    let route: Route;
    if (action.kind === 'proxy') {
      const target = readTarget(action.url, action.text, workers.upstreams);
      const protocol = protocolOf(target, environment);
      const { parameters } = action;
      const handler: Handler = { kind: 'proxy', protocol, target, directive: directiveOf(action.url, mapping) };
      const readBackendIn = (scope: ApacheScope): Backend | undefined =>
        readBackend({ scope, target, protocol, parameters, workers, environment });
      route = new ApacheRoute(fields, handler, readScope, readBackendIn);
    } else route = new ApacheRoute(fields, action.handler, readScope, noBackend);
    this.routes.push({ order: this.#orderOf(directive, within), route });
    return route;
  }

  #parentOf(section: Section): Route | undefined {
    for (let around = section.parent; around; around = around.parent) {
      const route = this.#bySection.get(around);
      if (route) return route;
    }
    return undefined;
  }

  /** The place of the outermost section or directive on its level. */
  #orderOf(directive: Directive, within: Section | undefined): number {
    let outermost = within;
    while (outermost?.parent) outermost = outermost.parent;
    return this.#order.get(outermost?.directive ?? directive) ?? this.#end;
  }
}

function isOrdered(key: string): boolean {
  return mappingKeys.has(key) || key === 'rewriterule' || isSection(key);
}

/** Whether a section has rules that are not switched off in it. */
function hasRewriteRules({ level, directive }: Section): boolean {
  return level.named('rewriterule').length > 0 && isRewriting(new ApacheScope(level, directive, undefined)) !== false;
}

/** The directive that the word belongs to: the mapping itself, or one inside its section. */
function directiveOf(word: Word, { directive }: Mapping): Directive {
  if (directive.args.includes(word)) return directive;
  return directive.block?.directives.find((inner) => inner.args.includes(word)) ?? directive;
}

function handlerAction(word: Word, environment: Environment): Action | undefined {
  if (!/^proxy:/i.test(word.value)) return undefined;
  const text = environment.text(word);
  return { kind: 'proxy', url: word, text: text === unknown ? unknown : text.slice('proxy:'.length), parameters: [] };
}

function sectionHandler(section: Section): Handler {
  const denied = section.level
    .named('require')
    .find(({ directive }) => directive.args.map((word) => word.value.toLowerCase()).join(' ') === 'all denied');
  return denied?.certain ? { kind: 'deny', directive: denied.directive } : { kind: 'unknown' };
}

function sectionMatch(section: Section, paths: PathSet): Match {
  const words = section.directive.args;
  const pattern = (words[0]?.value === '~' ? words[1] : words[0])?.value ?? '';
  if (section.kind !== 'location') return { kind: 'condition', pattern, caseInsensitive: false };
  if (paths === everything) return { kind: 'prefix', pattern: '/', caseInsensitive: false };
  const isRegex = words[0]?.value === '~' || section.directive.key.endsWith('match');
  const isWildcard = paths.kind === 'regex' && !isRegex;
  return { kind: paths.kind, pattern, caseInsensitive: false, ...(isWildcard && { isWildcard }) };
}
