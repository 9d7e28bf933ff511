/** Reads one line of `table.json`: fields divided by tabs, empty fields at the end left out. */
import { compareVersions, parseVersion, type Version } from '../../../model/versions.ts';
import type {
  DuplicateRule,
  Inheritance,
  NginxContext,
  NginxDirective,
  NginxOrigin,
  NginxVariable,
  ValueType,
} from './types.ts';

/**
 * `module`: index into the table's modules. `contexts`: bit mask over {@link contextNames}, in base 36. `arguments`: counts
 * (`1,2` or `1+`), then `{` if it takes a block, `?` if that is not known. `value`: a letter of {@link valueKinds}, then its words.
 * `changes`: what columns held before a version, newest first: `version column=text&column=text;...`.
 */
export const columns = [
  'name',
  'module',
  'origin',
  'contexts',
  'arguments',
  'value',
  'variables',
  'duplicate',
  'inheritance',
  'group',
  'since',
  'until',
  'deprecated',
  'default',
  'changes',
] as const;

export const contextNames: readonly NginxContext[] = [
  'main',
  'events',
  'http',
  'server',
  'location',
  'if-in-server',
  'if-in-location',
  'limit_except',
  'upstream',
  'stream',
  'stream-server',
  'stream-upstream',
  'mail',
  'mail-server',
];

export const duplicateRules: readonly DuplicateRule[] = [
  'error',
  'repeatable',
  'keyed-error',
  'exclusive-off',
  'silent-override',
  'noop',
  'warn-override',
  'warn-ignored',
  'sequence',
];

export const inheritances: readonly Inheritance[] = ['scalar', 'list-replace', 'not-inherited', 'single-level'];

export const valueKinds: readonly (readonly [letter: string, kind: ValueType['kind']])[] = [
  ['-', 'any'],
  ['f', 'flag'],
  ['n', 'number'],
  ['s', 'size'],
  ['o', 'offset'],
  ['m', 'milliseconds'],
  ['c', 'seconds'],
  ['b', 'buffers'],
  ['p', 'path'],
  ['t', 'string'],
  ['a', 'access'],
  ['k', 'keyval'],
  ['y', 'mime-types'],
  ['e', 'enum'],
  ['B', 'bitmask'],
];

const kindOfLetter = new Map(valueKinds);

/** The definition as it was in `version`; undefined if that version does not have it. Without a version: the newest form. */
export function decodeDirective(
  line: string,
  modules: readonly string[],
  version?: Version,
): NginxDirective | undefined {
  const fields = line.split('\t');
  const since = fields[10] || undefined;
  const until = fields[11] || undefined;
  if (version && !existsIn(version, since, until)) return undefined;
  if (version && fields[14]) applyChanges(fields, version);
  const name = fields[0]!;
  const args = fields[4]!;
  const open = args.endsWith('+') || args.endsWith('+{') || args.endsWith('+?');
  const [deprecatedSince, ...replacement] = (fields[12] ?? '').split(' ');
  return {
    name,
    module: modules[Number(fields[1])]!,
    origin: originOf(fields[2]),
    contexts: contextsOf(Number.parseInt(fields[3]!, 36)),
    counts: open ? undefined : args.replace(/[{?]$/, '').split(',').map(Number),
    min: Number.parseInt(args, 10),
    block: args.endsWith('?') ? undefined : args.endsWith('{'),
    value: valueOf(fields[5]!),
    variables: fields[6] === '1',
    duplicate: duplicateRules[Number(fields[7])]!,
    inheritance: inheritances[Number(fields[8])]!,
    group: fields[9] ? fields[9].split(' ') : [name],
    since,
    until,
    deprecated: deprecatedSince
      ? { since: deprecatedSince, replacement: replacement.join(' ') || undefined }
      : undefined,
    default: fields[13] || undefined,
  };
}

export function decodeVariable(line: string, modules: readonly string[]): NginxVariable {
  const [name, module, origin, flags, since, until] = line.split('\t') as [
    string,
    string,
    string,
    string,
    string?,
    string?,
  ];
  return {
    name,
    module: modules[Number(module)]!,
    origin: originOf(origin),
    family: flags.startsWith('h') ? 'http' : 'stream',
    prefix: flags.includes('p'),
    changeable: flags.includes('c'),
    since: since || undefined,
    until: until || undefined,
  };
}

function existsIn(version: Version, since: string | undefined, until: string | undefined): boolean {
  if (since && compareVersions(version, parseVersion(since)!) < 0) return false;
  return !until || compareVersions(version, parseVersion(until)!) < 0;
}

function applyChanges(fields: string[], version: Version): void {
  for (const change of fields[14]!.split(';')) {
    const space = change.indexOf(' ');
    if (compareVersions(version, parseVersion(change.slice(0, space))!) >= 0) return;
    for (const part of change.slice(space + 1).split('&')) {
      const equals = part.indexOf('=');
      fields[Number(part.slice(0, equals))] = part.slice(equals + 1);
    }
  }
}

function contextsOf(mask: number): NginxContext[] {
  return contextNames.filter((_, bit) => mask & (1 << bit));
}

function valueOf(text: string): ValueType {
  const kind = kindOfLetter.get(text[0]!)!;
  const words = text.length > 1 ? text.slice(1).split(' ') : [];
  if (kind === 'enum' || kind === 'bitmask') return { kind, values: words };
  if (kind === 'number') return words.length === 2 ? { kind, bounds: [Number(words[0]), Number(words[1])] } : { kind };
  return { kind };
}

function originOf(letter: string | undefined): NginxOrigin {
  return letter === 'p' ? 'plus' : letter === 't' ? 'third-party' : 'core';
}
