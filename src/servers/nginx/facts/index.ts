/** What nginx knows: its directives and variables. Lines are decoded when they are first asked for. */
import type { Version } from '../../../model/versions.ts';
import { decodeDirective, decodeVariable } from './decode.ts';
import table from './table.json' with { type: 'json' };
import thirdPartyModules from './third-party.json' with { type: 'json' };
import type { Inheritance, NginxDirective, NginxVariable } from './types.ts';

/** The newest version that the table describes. */
export const newestNginx = table.newest;

const linesByName = new Map<string, string[]>();
const decoded = new Map<string, readonly NginxDirective[]>();
const none: readonly never[] = [];

/** Every definition of the name in its newest form, those that are gone (`until`) included; empty for an unknown name. */
export function nginxDirectives(name: string): readonly NginxDirective[] {
  let found = decoded.get(name);
  if (!found) {
    const lines = index().get(name);
    if (!lines) return none;
    decoded.set(name, (found = decodeAll(name, lines)));
  }
  return found;
}

/** The definitions that this version has, as they were then. Modules outside the nginx source are always included. */
export function nginxDirectivesIn(name: string, version: Version): readonly NginxDirective[] {
  const lines = index().get(name);
  return lines ? decodeAll(name, lines, version) : none;
}

/** All names: of every version, and of the modules outside the nginx source. */
export function nginxDirectiveNames(): Iterable<string> {
  return index().keys();
}

/** How the directive comes to inner levels; that of its `http` definition where it has several. Unknown names: `scalar`. */
export function inheritance(name: string): Inheritance {
  const definitions = nginxDirectives(name);
  const http = definitions.find((definition) => definition.contexts.includes('http'));
  return (http ?? definitions[0])?.inheritance ?? 'scalar';
}

/** The built-in variable of that name (without `$`), by exact name or by prefix; undefined if there is none. */
export function nginxVariable(name: string, family: 'http' | 'stream' = 'http'): NginxVariable | undefined {
  const { exact, prefixes } = (variables ??= readVariables());
  return (
    exact.get(`${family} ${name}`) ??
    prefixes.find((variable) => variable.family === family && name.startsWith(variable.name))
  );
}

/** The names of the built-in variables of nginx itself, prefixes left out. */
export function nginxVariableNames(family: 'http' | 'stream' = 'http'): string[] {
  const { exact } = (variables ??= readVariables());
  return [...exact.values()].filter((it) => it.family === family && it.origin === 'core').map(({ name }) => name);
}

function decodeAll(name: string, lines: readonly string[], version?: Version): NginxDirective[] {
  return lines
    .map((line) => (line ? decodeDirective(line, table.modules, version) : thirdParty(name)))
    .filter((d) => !!d);
}

/** Lines by name; an empty line stands for a name of `third-party.json`. */
function index(): ReadonlyMap<string, readonly string[]> {
  if (linesByName.size) return linesByName;
  for (const line of table.directives) add(line.slice(0, line.indexOf('\t')), line);
  for (const { directives } of thirdPartyModules) {
    for (const name of directives.split(' ')) if (!linesByName.get(name)?.includes('')) add(name, '');
  }
  return linesByName;
}

function add(name: string, line: string): void {
  const lines = linesByName.get(name);
  if (lines) lines.push(line);
  else linesByName.set(name, [line]);
}

function thirdParty(name: string): NginxDirective {
  const owner = thirdPartyModules.find(({ directives }) => ` ${directives} `.includes(` ${name} `))!;
  return {
    name,
    module: owner.module,
    origin: 'third-party',
    contexts: [],
    counts: undefined,
    min: 0,
    block: name.endsWith('_by_lua_block') ? true : undefined,
    value: { kind: 'any' },
    variables: true,
    duplicate: 'repeatable',
    inheritance: 'scalar',
    group: [name],
    default: undefined,
    since: undefined,
    until: undefined,
    deprecated: undefined,
  };
}

interface Variables {
  readonly exact: ReadonlyMap<string, NginxVariable>;
  readonly prefixes: readonly NginxVariable[];
}

let variables: Variables | undefined;

function readVariables(): Variables {
  const all = table.variables.map((line) => decodeVariable(line, table.modules));
  for (const { module, variables } of thirdPartyModules) {
    for (const name of variables.split(' ')) if (name) all.push(...thirdPartyVariables(name, module));
  }
  return {
    exact: new Map(all.filter(({ prefix }) => !prefix).map((known) => [`${known.family} ${known.name}`, known])),
    prefixes: all.filter(({ prefix }) => prefix),
  };
}

function thirdPartyVariables(name: string, module: string): NginxVariable[] {
  const prefix = name.endsWith('_');
  const known = {
    name,
    module,
    origin: 'third-party',
    prefix,
    changeable: true,
    since: undefined,
    until: undefined,
  } as const;
  return [
    { ...known, family: 'http' },
    { ...known, family: 'stream' },
  ];
}
