/** Turns extracted definitions into the lines of `src/servers/nginx/facts/table.json`; `src/servers/nginx/facts/decode.ts` reads them. */
import {
  columns,
  contextNames,
  duplicateRules,
  inheritances,
  valueKinds,
} from '../../src/servers/nginx/facts/decode.ts';
import type { DuplicateRule, Inheritance, NginxContext, ValueType } from '../../src/servers/nginx/facts/types.ts';

export interface Arguments {
  readonly min: number;
  readonly counts: readonly number[] | null;
  /** Undefined: not known. */
  readonly block: boolean | undefined;
}

export interface Definition {
  readonly name: string;
  readonly module: string;
  readonly origin: 'core' | 'plus' | 'third-party';
  readonly contexts: readonly NginxContext[];
  readonly arguments: Arguments;
  readonly value: ValueType;
  readonly variables: boolean;
  readonly duplicate: DuplicateRule;
  readonly inheritance: Inheritance;
  readonly group: readonly string[];
  readonly default: string;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly deprecated: { readonly since: string; readonly replacement: string | undefined } | undefined;
  /** What the definition was before a version, newest first. */
  readonly changes: readonly Change[];
}

export interface Change {
  readonly before: string;
  readonly was: Partial<Pick<Definition, 'contexts' | 'arguments' | 'value' | 'variables' | 'duplicate'>>;
}

export interface VariableRow {
  readonly name: string;
  readonly module: string;
  readonly origin: 'core' | 'plus' | 'third-party';
  readonly family: 'http' | 'stream';
  readonly prefix: boolean;
  readonly changeable: boolean;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

export const encoders = {
  contexts: (contexts: readonly NginxContext[]): string =>
    contexts.reduce((mask, context) => mask | (1 << contextNames.indexOf(context)), 0).toString(36),
  arguments: (args: Arguments): string =>
    (args.counts ? args.counts.join(',') : `${args.min}+`) + (args.block === undefined ? '?' : args.block ? '{' : ''),
  value: (value: ValueType): string => {
    const letter = valueKinds.find(([, kind]) => kind === value.kind)![0];
    if ('values' in value) return `${letter}${value.values.join(' ')}`;
    return 'bounds' in value && value.bounds ? `${letter}${value.bounds.join(' ')}` : letter;
  },
  variables: (variables: boolean): string => (variables ? '1' : ''),
  duplicate: (rule: DuplicateRule): string => String(duplicateRules.indexOf(rule)),
};

export function encodeDirective(definition: Definition, modules: readonly string[]): string {
  const { deprecated } = definition;
  const fields: Record<(typeof columns)[number], string> = {
    name: definition.name,
    module: String(modules.indexOf(definition.module)),
    origin: originLetter(definition.origin),
    contexts: encoders.contexts(definition.contexts),
    arguments: encoders.arguments(definition.arguments),
    value: encoders.value(definition.value),
    variables: encoders.variables(definition.variables),
    duplicate: encoders.duplicate(definition.duplicate),
    inheritance: String(inheritances.indexOf(definition.inheritance)),
    group: definition.group.join(' '),
    since: definition.since ?? '',
    until: definition.until ?? '',
    deprecated: deprecated ? `${deprecated.since} ${deprecated.replacement ?? ''}`.trim() : '',
    default: definition.default,
    changes: definition.changes.map(encodeChange).join(';'),
  };
  return columns
    .map((column) => fields[column])
    .join('\t')
    .replace(/\t+$/, '');
}

/** `version column=old value`, the columns of one version divided by `&`. */
function encodeChange({ before, was }: Change): string {
  const parts = Object.entries(was).map(([field, value]) => {
    const encode = encoders[field as keyof typeof encoders] as (value: unknown) => string;
    return `${columns.indexOf(field as (typeof columns)[number])}=${encode(value)}`;
  });
  return `${before} ${parts.join('&')}`;
}

export function encodeVariable(row: VariableRow, modules: readonly string[]): string {
  const flags = `${row.family === 'http' ? 'h' : 's'}${row.prefix ? 'p' : ''}${row.changeable ? 'c' : ''}`;
  return [row.name, modules.indexOf(row.module), originLetter(row.origin), flags, row.since ?? '', row.until ?? '']
    .join('\t')
    .replace(/\t+$/, '');
}

function originLetter(origin: Definition['origin']): string {
  return origin === 'core' ? '' : origin === 'plus' ? 'p' : 't';
}
