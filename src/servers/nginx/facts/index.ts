/** What nginx knows: its directives and variables. Lines are decoded when they are first asked for. */
import type { Version } from '../../../model/versions.ts';
import { Cache } from '../../../text/cache.ts';
import { once } from '../../../text/once.ts';
import { Rows } from '../../../text/rows.ts';
import { decodeDirective, decodeVariable } from './decode.ts';
import table from './table.json' with { type: 'json' };
import thirdPartyModules from './third-party.json' with { type: 'json' };
import type { Inheritance, NginxDirective, NginxVariable } from './types.ts';

/** The newest version that the table describes. */
export const newestNginx = table.newest;

/** Lines of the table, and nothing behind the name for what `third-party.json` names. */
const lines = once(() => {
  const others = thirdPartyModules.map(({ directives }) => `${directives.replaceAll(' ', '\t\n')}\t`);
  return new Rows([...table.directives, ...others].join('\n'));
});
const decoded = new Map<string, readonly NginxDirective[]>();
const none: readonly never[] = [];

/** Every definition of the name in its newest form, those that are gone (`until`) included; empty for an unknown name. */
export function nginxDirectives(name: string): readonly NginxDirective[] {
  let found = decoded.get(name);
  if (!found) {
    found = definitionsOf(name);
    if (found.length === 0) return none;
    decoded.set(name, found);
  }
  return found;
}

/** The definitions that this version has, as they were then. Modules outside the nginx source are always included. */
export function nginxDirectivesIn(name: string, version: Version): readonly NginxDirective[] {
  return definitionsOf(name, version);
}

/** All names: of every version, and of the modules outside the nginx source. */
export function nginxDirectiveNames(): Iterable<string> {
  return lines().keys();
}

/** How the directive comes to inner levels; that of its `http` definition where it has several. Unknown names: `scalar`. */
export function inheritance(name: string): Inheritance {
  const definitions = nginxDirectives(name);
  const http = definitions.find((definition) => definition.contexts.includes('http'));
  return (http ?? definitions[0])?.inheritance ?? 'scalar';
}

/** The built-in variable of that name (without `$`), by exact name or by prefix; undefined if there is none. */
export function nginxVariable(name: string, family: 'http' | 'stream' = 'http'): NginxVariable | undefined {
  const exact = variables[family];
  let found = exact.get(name);
  if (found === undefined) exact.set(name, (found = findVariable(name, family) ?? null));
  return found ?? undefined;
}

/** The names of the built-in variables of nginx itself, prefixes left out. */
export function nginxVariableNames(family: 'http' | 'stream' = 'http'): string[] {
  const known = table.variables.map((line) => decodeVariable(line, table.modules));
  const own = known.filter((it) => it.family === family && it.origin === 'core' && !it.prefix);
  return [...new Set(own.map(({ name }) => name))];
}

function definitionsOf(name: string, version?: Version): NginxDirective[] {
  const known = lines().of(name);
  const own = known.filter((line) => line.length > name.length + 1);
  const found = own.map((line) => decodeDirective(line, table.modules, version)).filter((d) => !!d);
  return own.length < known.length ? [...found, thirdParty(name)] : found;
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

/** By name, as far as they were asked for; null: there is none. */
const variables = {
  http: new Cache<string, NginxVariable | null>(5000),
  stream: new Cache<string, NginxVariable | null>(5000),
};
const variableLines = once(() => new Rows(table.variables.join('\n')));
/** Name and module. */
const thirdPartyVariables = once(() => {
  const rows = thirdPartyModules.flatMap(({ module, variables }) =>
    variables.split(' ').flatMap((name) => (name === '' ? [] : [`${name}\t${module}`])),
  );
  return { rows, byName: new Rows(rows.join('\n')) };
});

function findVariable(name: string, family: NginxVariable['family']): NginxVariable | undefined {
  const other = name.endsWith('_') ? undefined : thirdPartyVariables().byName.of(name).at(-1);
  if (other !== undefined) return thirdPartyVariable(other, family);
  const exact = variableLines()
    .of(name)
    .map((line) => decodeVariable(line, table.modules))
    .findLast((known) => known.family === family && !known.prefix);
  return exact ?? prefixes().find((known) => known.family === family && name.startsWith(known.name));
}

const prefixes = once((): readonly NginxVariable[] => {
  const own = table.variables.filter((line) => /^\w+_\t/.test(line)).map((line) => decodeVariable(line, table.modules));
  const others = thirdPartyVariables().rows.filter((row) => row.includes('_\t'));
  const read = others.flatMap((row) => [thirdPartyVariable(row, 'http'), thirdPartyVariable(row, 'stream')]);
  return [...own.filter(({ prefix }) => prefix), ...read];
});

function thirdPartyVariable(row: string, family: NginxVariable['family']): NginxVariable {
  const [name, module] = row.split('\t') as [string, string];
  return {
    name,
    module,
    origin: 'third-party',
    family,
    prefix: name.endsWith('_'),
    changeable: true,
    since: undefined,
    until: undefined,
  };
}
