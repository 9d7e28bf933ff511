import { apacheDirective } from '../facts/index.ts';
import type { ApacheContext, ApacheDirective } from '../facts/types.ts';
import type { Config } from '../../../syntax/config.ts';
import { headerOf, type Block, type Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { contextNames } from '../meaning/context-names.ts';
import { isConditional } from '../meaning/section-kinds.ts';
import { Branches, type Around } from './around.ts';
import type { Refusal } from './refusal.ts';
import { wordTable } from '../../../text/word-table.ts';

/** The container that a section is; other sections are none. */
export const containerOf: Readonly<Record<string, ApacheContext>> = wordTable({
  virtualhost: 'vhost',
  directory: 'directory',
  directorymatch: 'directory',
  location: 'location',
  locationmatch: 'location',
  files: 'files',
  filesmatch: 'files',
  if: 'if',
  elseif: 'if',
  else: 'if',
  proxy: 'proxy',
  proxymatch: 'proxy',
  limit: 'limit',
  limitexcept: 'limit',
});
const authorization = /^require(?:all|any|none)$/;

/** What stands around the directives inside a section. */
export function innerAround(section: Directive, around: Around, certain: boolean): Around {
  const { key } = section;
  if (isConditional(section)) return { ...around, certain };
  if (authorization.test(key)) return { ...around, certain, authorization: section };
  const container = containerOf[key];
  const containers = container && around.containers ? [...around.containers, container] : undefined;
  return { containers, authorization: undefined, branches: new Branches(), certain };
}

/** The nearest section around a directive whose argument is its path (`cmd->path`); undefined if one with a pattern or without path comes first. */
export function pathSection(directive: Directive): Directive | undefined {
  let section = directive.parent.owner;
  while (section && (isConditional(section) || authorization.test(section.key))) section = section.parent.owner;
  return section && containerOf[section.key] && section.args[0]?.value !== '~' ? section : undefined;
}

/** The container that accepts the directive least: the innermost decides, but the others around can refuse it too. */
export function judgeContext(directive: Directive, facts: ApacheDirective, around: Around): Refusal | undefined {
  const { containers, authorization: section } = around;
  const rule = 'directive-context';
  const name = directive.name.value;
  if (
    section &&
    !directive.key.startsWith('require') &&
    !facts.override.some((kind) => kind === 'AuthConfig' || kind === 'All')
  ) {
    return { rule, message: 'authorization', at: headerOf(directive), data: { name, section: section.name.value } };
  }
  // Of a group that is refused its members are no faults of their own.
  if (!containers || (section && directive.key.startsWith('require'))) return undefined;
  const refusing = refusedBy(facts, containers);
  if (!refusing) return undefined;
  const data = { name, context: contextNames[refusing], allowed: describe(facts) };
  return { rule, message: 'misplaced', at: headerOf(directive), data };
}

function refusedBy({ allowed }: ApacheDirective, containers: readonly ApacheContext[]): ApacheContext | undefined {
  if (!allowed || allowed.length === 0) return undefined;
  const isRefusing = (container: ApacheContext): boolean => container !== 'vhost' && !allowed.includes(container);
  const refusing = containers.findLast(isRefusing);
  if (refusing || containers.some((container) => container !== 'vhost')) return refusing;
  const outer = containers.length > 0 ? 'vhost' : 'server';
  return allowed.includes(outer) ? undefined : outer;
}

function describe({ contexts, allowed = [] }: ApacheDirective): string {
  const documented = contexts.filter((context) => allowed.includes(context));
  const shown = (documented.length > 0 ? documented : allowed).map((context) => contextNames[context]);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)!}`;
}

/**
 * The containers around the top of a config. A fragment may be a part of any level: the first one that refuses the fewest of its
 * directives is taken. `refuses`: whether what a directive says is wrong there.
 */
export function containersOfLevel(
  { level, complete, file }: Config,
  refuses: (directive: Directive, containers: readonly ApacheContext[]) => boolean,
): readonly ApacheContext[] | undefined {
  if (level !== 'server') return level === 'main' ? [] : [level as ApacheContext];
  if (complete) return [];
  const directives = directivesOfLevel(file.root);
  let best: { containers: readonly ApacheContext[]; refused: number } | undefined;
  for (const containers of [
    [],
    ['vhost'],
    ['directory'],
    ['location'],
    ['proxy'],
    ['htaccess'],
  ] satisfies ApacheContext[][]) {
    const refused = directives.filter((directive) => {
      const facts = apacheDirective(directive.key);
      return facts && (refusedBy(facts, containers) ?? refuses(directive, containers));
    }).length;
    if (!best || refused < best.refused) best = { containers, refused };
  }
  return best!.containers;
}

/** Conditional sections open no level of their own. */
function directivesOfLevel(block: Block): Directive[] {
  return children(block).flatMap((directive) => {
    return isConditional(directive) && directive.block
      ? [directive, ...directivesOfLevel(directive.block)]
      : [directive];
  });
}
