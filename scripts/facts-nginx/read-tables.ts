/** Reads the intermediate tables (one JSON object a definition, with its history) and gives them the shape of `encode.ts`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextNames } from '../../src/facts/nginx/decode.ts';
import type { DuplicateRule, Inheritance, NginxContext, ValueType } from '../../src/facts/nginx/types.ts';
import type { Arguments, Change, Definition, VariableRow } from './encode.ts';

interface RawChange {
  readonly version: string;
  readonly field: string;
  readonly from?: unknown;
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

interface RawDirective {
  readonly name: string;
  readonly module: string;
  readonly edition?: string;
  readonly since?: string;
  readonly sinceName?: string;
  readonly until?: string;
  readonly contexts: readonly string[];
  readonly args?: {
    readonly min: number;
    readonly counts: readonly number[] | null;
    readonly block: boolean;
    readonly flag: boolean;
  };
  readonly block?: boolean;
  readonly valueType?: string;
  readonly values?: readonly string[];
  readonly bounds?: readonly [string, string];
  readonly setter?: string;
  readonly variables?: boolean;
  readonly duplicate?: DuplicateRule | 'unknown';
  readonly deprecation?: { readonly deprecated?: string; readonly by?: string | null };
  readonly deprecatedBy?: readonly string[] | null;
  readonly doc?: { readonly default?: string } | null;
  readonly default?: string;
  readonly movedTo?: readonly string[];
  readonly changes?: readonly RawChange[];
}

interface RawVariable {
  readonly name: string;
  readonly family: 'http' | 'stream';
  readonly module?: string;
  readonly prefix?: boolean;
  readonly changeable?: boolean;
  readonly since?: string;
  readonly until?: string;
}

interface RawInheritance {
  readonly name: string;
  readonly module: string;
  readonly kind: string;
  readonly group?: readonly string[];
}

export interface Tables {
  readonly source: string;
  readonly definitions: readonly Definition[];
  readonly variables: readonly VariableRow[];
}

export function readTables(directory: string): Tables {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(directory, name), 'utf8'));
  const directives = read('nginx-directives.json') as {
    meta: { source: string };
    directives: RawDirective[];
    removed: RawDirective[];
    otherEditions: RawDirective[];
  };
  const inheritance = new Map(
    (read('nginx-inheritance.json') as { directives: RawInheritance[] }).directives.map((row) => [
      `${row.module}/${row.name}`,
      row,
    ]),
  );
  const variables = read('nginx-variables.json') as Record<'variables' | 'removed' | 'otherEditions', RawVariable[]>;
  return {
    source: directives.meta.source,
    definitions: [
      ...directives.directives.map((row) => coreDefinition(row, inheritance)),
      ...directives.removed.filter((row) => !row.movedTo && row.until).map((row) => coreDefinition(row, inheritance)),
      ...directives.otherEditions.filter(standsInKnownBlock).map(otherDefinition),
    ],
    variables: [
      ...[...variables.variables, ...variables.removed].map((row) => variableRow(row, 'core')),
      ...variables.otherEditions.map((row) =>
        variableRow(row, /_(js|otel|acme)_/.test(row.module!) ? 'third-party' : 'plus'),
      ),
    ],
  };
}

function coreDefinition(row: RawDirective, inheritance: ReadonlyMap<string, RawInheritance>): Definition {
  const inherited = inheritance.get(`${row.module}/${row.name}`);
  const group = inherited?.group ?? [];
  const since = row.sinceName ?? row.since;
  const { deprecation } = row;
  return {
    name: row.name,
    module: row.module,
    origin: 'core',
    contexts: contexts(row.contexts),
    arguments: row.args!,
    value: valueType(row.valueType ?? (row.args!.flag ? 'flag' : 'custom'), row),
    variables: row.variables ?? false,
    duplicate: duplicateRule(row),
    inheritance: inheritanceOf(inherited?.kind),
    group: group.length > 1 ? group : [],
    default: (row.doc?.default ?? '').replace(/[\t\n]+/g, ' '),
    since: since?.startsWith('<') ? undefined : since,
    until: row.until,
    deprecated: deprecation?.deprecated
      ? { since: deprecation.deprecated, replacement: deprecation.by ?? undefined }
      : undefined,
    changes: changes(row),
  };
}

/** Those of removed directives were not recorded: slots refuse a second value, the rest is taken as accepting it. */
function duplicateRule({ duplicate, setter }: RawDirective): DuplicateRule {
  if (duplicate && duplicate !== 'unknown') return duplicate;
  return setter?.startsWith('ngx_conf_set_') ? 'error' : 'silent-override';
}

function otherDefinition(row: RawDirective): Definition {
  return {
    name: row.name,
    module: row.module,
    origin: row.edition === 'nginx-plus' || row.edition === 'docs-only' ? 'plus' : 'third-party',
    contexts: contexts(row.contexts, row.module.startsWith('ngx_stream')),
    arguments: { min: 0, counts: null, block: row.block },
    value: { kind: 'any' },
    variables: true,
    duplicate: 'repeatable',
    inheritance: 'scalar',
    group: [],
    default: row.default ?? '',
    since: undefined,
    until: undefined,
    deprecated: undefined,
    changes: [],
  };
}

/** Directives that stand only in a block of their own module are left out: nothing in such a block is checked. */
function standsInKnownBlock(row: RawDirective): boolean {
  return contexts(row.contexts, row.module.startsWith('ngx_stream')).length > 0;
}

function contexts(names: readonly string[], stream = false): NginxContext[] {
  const spelled = names.map((name) => name.replaceAll(' ', '-'));
  const known = new Set(spelled.map((name) => (stream && /^(server|upstream)$/.test(name) ? `stream-${name}` : name)));
  return contextNames.filter((context) => known.has(context));
}

const kinds: Readonly<Record<string, ValueType['kind']>> = {
  custom: 'any',
  predicate: 'any',
  complex: 'string',
  param: 'any',
  str: 'string',
  num: 'number',
  msec: 'milliseconds',
  sec: 'seconds',
  bufs: 'buffers',
};

function valueType(name: string, row: RawDirective, values = row.values): ValueType {
  if (row.setter === 'ngx_conf_set_off_slot' && name === 'size') return { kind: 'offset' };
  const kind = kinds[name] ?? (name as ValueType['kind']);
  if (kind === 'enum' || kind === 'bitmask') return values?.length ? { kind, values } : { kind: 'any' };
  if (kind === 'number' && row.bounds) return { kind, bounds: [Number(row.bounds[0]), Number(row.bounds[1])] };
  return { kind } as ValueType;
}

function inheritanceOf(kind: string | undefined): Inheritance {
  return kind === 'list-replace' || kind === 'not-inherited' || kind === 'single-level' ? kind : 'scalar';
}

/** Walks the history backwards, so that each change carries what held before it. */
function changes(row: RawDirective): Change[] {
  let type = row.valueType ?? 'custom';
  let values = row.values ?? [];
  const result = new Map<string, Record<string, unknown>>();
  for (const { version, field, from, added, removed } of (row.changes ?? []).toReversed()) {
    const without = (words: readonly string[]): string[] => [
      ...words.filter((word) => !added?.includes(word)),
      ...(removed ?? []),
    ];
    const was = result.get(version) ?? {};
    if (field === 'values') values = without(values);
    else if (field === 'valueType') type = from as string;
    else if (field === 'contexts') was['contexts'] = contexts(without(row.contexts));
    else if (field === 'args') was['arguments'] = { ...(from as Arguments), block: row.args!.block };
    else if (field === 'variables' || (field === 'duplicate' && from !== 'unknown')) was[field] = from;
    else continue;
    if (field === 'values' || field === 'valueType') was['value'] = valueType(type, row, values);
    result.set(version, was);
  }
  return [...result].map(([before, was]) => ({ before, was }));
}

function variableRow(row: RawVariable, origin: Definition['origin']): VariableRow {
  return {
    name: row.name,
    module: row.module ?? `ngx_${row.family}_core_module`,
    origin,
    family: row.family,
    prefix: row.prefix ?? row.name.endsWith('_'),
    changeable: row.changeable ?? true,
    since: row.since?.startsWith('<') ? undefined : row.since,
    until: row.until,
  };
}
