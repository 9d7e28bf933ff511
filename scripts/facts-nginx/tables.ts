/** Puts together what the sources, their history, the annotations and the documentation say. */
import type { Inheritance, NginxContext } from '../../src/servers/nginx/facts/types.ts';
import { deprecationOf, groupOf, notedInheritance, notedVariableSince } from './annotations.ts';
import { definitionsOf, type SourceDirective } from './definitions.ts';
import documented from './documented.json' with { type: 'json' };
import type { Definition, VariableRow } from './encode.ts';
import { changesOf, isMainline, spanOf, type Release } from './history.ts';
import { parseSource, type SourceFacts, type SourceVariable } from './parse-source.ts';
import type { Repository } from './repository.ts';
import { variablesOf } from './variables.ts';

export interface Tables {
  readonly source: string;
  readonly newest: string;
  readonly date: string;
  readonly definitions: readonly Definition[];
  readonly variables: readonly VariableRow[];
}

interface Revision {
  readonly version: string;
  readonly directives: Map<string, SourceDirective>;
  readonly variables: Map<string, SourceVariable>;
}

export function readTables(repository: Repository): Tables {
  const read = revisionReader(repository);
  const versions = repository.releases();
  const releases = versions.filter(isMainline).map((version) => read(`release-${version}`, version));
  const newest = repository.version('HEAD');
  const head = read('HEAD', newest);
  const [commit, date] = repository.commit('HEAD');
  return {
    source:
      `nginx/nginx ${commit} (nginx ${newest}, ${date}); tags release-${versions[0]}..release-${versions.at(-1)} ` +
      `(${releases.length} of mainline); ${documented.source}`,
    newest,
    date,
    definitions: [...coreDefinitions(head, releases), ...otherDefinitions(head)],
    variables: [...coreVariables(head, releases), ...otherVariables()],
  };
}

/** Reads revisions; a file that did not change since another one is parsed once. */
function revisionReader(repository: Repository): (revision: string, version: string) => Revision {
  const parsed = new Map<string, SourceFacts>();
  return (revision, version) => {
    const sources = repository.sources(revision);
    const missing = [...new Set(sources.map(({ sha }) => sha))].filter((sha) => !parsed.has(sha));
    for (const [index, text] of repository.read(missing).entries()) parsed.set(missing[index]!, parseSource(text));
    const facts = new Map(sources.map(({ path, sha }) => [path, parsed.get(sha)!]));
    return { version, directives: definitionsOf(facts), variables: variablesOf(facts) };
  };
}

function coreDefinitions(head: Revision, revisions: readonly Revision[]): Definition[] {
  const releases = revisions.map(({ version, directives }) => ({ version, found: directives }));
  const newestForm = new Map(releases.flatMap(({ found }) => [...found]));
  for (const [key, directive] of head.directives) newestForm.set(key, directive);
  return [...newestForm].flatMap(([key, directive]) => {
    const isGone = !head.directives.has(key);
    if (isGone && [...head.directives.values()].some((other) => replaces(other, directive))) return [];
    return [definitionOf(key, directive, isGone, releases, head.version)];
  });
}

/** The same directive, in another module. */
function replaces(other: SourceDirective, directive: SourceDirective): boolean {
  return (
    other.name === directive.name &&
    other.type === directive.type &&
    other.contexts.some((context) => directive.contexts.includes(context))
  );
}

function definitionOf(
  key: string,
  directive: SourceDirective,
  isGone: boolean,
  releases: readonly Release<SourceDirective>[],
  newest: string,
): Definition {
  const own = spanOf(releases, (found) => found.has(key), newest);
  const span = isGone
    ? own
    : spanOf(releases, (found) => [...found.values()].some((it) => replaces(it, directive)), newest);
  const { name, module, contexts, arguments: args, value, variables, duplicate } = directive;
  return {
    name,
    module,
    origin: 'core',
    contexts,
    arguments: args,
    value,
    variables,
    duplicate: duplicate ?? 'silent-override',
    inheritance: notedInheritance(key) ?? (standsOnOneLevel(contexts) ? 'single-level' : 'scalar'),
    group: groupOf(key),
    default: (documented.defaults as Readonly<Record<string, string>>)[key] ?? '',
    since: span.since,
    until: isGone ? own.until : undefined,
    deprecated: deprecationOf(key),
    changes: changesOf(releases, key),
  };
}

function standsOnOneLevel(contexts: readonly NginxContext[]): boolean {
  return (
    contexts.length === 1 &&
    /^(?:main|events|http|upstream|stream|stream-server|stream-upstream|mail|mail-server)$/.test(contexts[0]!)
  );
}

/** Of what is documented under a name that the sources know, the sources say more. */
function otherDefinitions(head: Revision): Definition[] {
  const core = new Set([...head.directives.values()].map(({ name }) => name));
  const inheritance: Inheritance = 'scalar';
  return documented.directives
    .filter(({ name }) => !core.has(name))
    .map(({ name, module, origin, contexts, block = false, default: written = '' }) => ({
      name,
      module,
      origin: origin as 'plus' | 'third-party',
      contexts: contexts as NginxContext[],
      arguments: { min: 0, counts: null, block: block ?? undefined },
      value: { kind: 'any' },
      variables: true,
      duplicate: 'repeatable',
      inheritance,
      group: [],
      default: written,
      since: undefined,
      until: undefined,
      deprecated: undefined,
      changes: [],
    }));
}

function coreVariables(head: Revision, revisions: readonly Revision[]): VariableRow[] {
  const releases = revisions.map(({ version, variables }) => ({ version, found: variables }));
  const newestForm = new Map(releases.flatMap(({ found }) => [...found]));
  for (const [key, variable] of head.variables) newestForm.set(key, variable);
  return [...newestForm].map(([key, { name, family, module, flags }]) => {
    const { since, until } = spanOf(releases, (found) => found.has(key), head.version);
    return {
      name,
      module: module ?? `ngx_${family}_core_module`,
      origin: 'core',
      family,
      prefix: flags.includes('PREFIX') || name.endsWith('_'),
      changeable: flags.includes('CHANGEABLE'),
      since: notedVariableSince(name) === undefined ? since : notedVariableSince(name) || undefined,
      until: head.variables.has(key) ? undefined : until,
    };
  });
}

function otherVariables(): VariableRow[] {
  return documented.variables.map(({ name, module, origin, family }) => ({
    name,
    module,
    origin: origin as 'plus' | 'third-party',
    family: family as 'http' | 'stream',
    prefix: name.endsWith('_'),
    changeable: true,
    since: undefined,
    until: undefined,
  }));
}
