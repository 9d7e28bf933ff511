/** What httpd knows: its directives and modules, decoded from the generated table on first use. */
import { Cache } from '../../../text/cache.ts';
import { once } from '../../../text/once.ts';
import { Rows } from '../../../text/rows.ts';
import { deprecated, isRename, removed } from './removed.ts';
import { modules, rows } from './table.gen.ts';
import { thirdPartyModuleOf } from './third-party.ts';
import type {
  ApacheContext,
  ApacheDirective,
  ApacheModule,
  ArgumentKind,
  ModuleStatus,
  OverrideClass,
} from './types.ts';
import { wordTable } from '../../../text/word-table.ts';

export { origin } from './table.gen.ts';

const contextLetters: Readonly<Record<string, ApacheContext>> = wordTable({
  s: 'server',
  v: 'vhost',
  d: 'directory',
  l: 'location',
  f: 'files',
  i: 'if',
  p: 'proxy',
  m: 'limit',
  h: 'htaccess',
});

const forms = { '': 'plain', '<': 'section', '*': 'either' } as const;

/** Allowed numbers of arguments, from and to. */
const counts: Readonly<Record<ArgumentKind, readonly [min: number, max: number]>> = {
  NO_ARGS: [0, 0],
  RAW_ARGS: [0, Infinity],
  TAKE1: [1, 1],
  TAKE2: [2, 2],
  TAKE3: [3, 3],
  TAKE12: [1, 2],
  TAKE13: [1, 3],
  TAKE23: [2, 3],
  TAKE123: [1, 3],
  FLAG: [1, 1],
  ITERATE: [1, Infinity],
  ITERATE2: [2, Infinity],
  TAKE_ARGV: [0, Infinity],
};

/** Directives that count the words of their list themselves. */
const countedLists: Readonly<Record<string, ArgumentKind>> = wordTable({ AddOutputFilterByType: 'ITERATE2' });

const table = once(() => new Rows(rows, (text) => text.toLowerCase()));
/** Null: nobody knows the name. */
const decoded = new Cache<string, ApacheDirective | null>(5000);

/**
 * What is known about a directive, by its lower-cased name without angle brackets. Names that were removed or that belong to a
 * third-party module are found as well; undefined means that nobody knows the name.
 */
export function apacheDirective(key: string): ApacheDirective | undefined {
  const earlier = decoded.get(key);
  if (earlier !== undefined) return earlier ?? undefined;
  const row = table().of(key).at(-1);
  const directive = row === undefined ? (removedDirective(key) ?? thirdPartyDirective(key)) : decode(row);
  decoded.set(key, directive ?? null);
  return directive;
}

/** The names of all directives that some release of httpd has or had, in the manual's spelling; third-party ones excluded. */
export function apacheDirectiveNames(): string[] {
  return [...rows.split('\n').map((row) => row.slice(0, row.indexOf('\t'))), ...removed.map(([name]) => name)];
}

let moduleList: readonly ApacheModule[] | undefined;

/** The modules of httpd itself. */
export function apacheModules(): readonly ApacheModule[] {
  return (moduleList ??= modules.split('\n').map((row) => {
    const [name, identifier, status, since] = row.split('\t') as [string, string, string, string];
    return { name, identifier, status: status as ModuleStatus, since: since || undefined, until: undefined };
  }));
}

/** The name by which `<IfModule>` knows a module, beside its identifier: that of the file it is written in. */
export function sourceFileOf({ name }: ApacheModule): string {
  return name === 'mod_ldap' ? 'util_ldap.c' : `${name}.c`;
}

function decode(row: string): ApacheDirective {
  const [name, owners, form, status, documented, allowed, override, kind, since, syntax, standard] = row.split(
    '\t',
  ) as [string, string, '' | '<' | '*', string, string, string, string, string, string, string, string];
  const old = deprecated.find(([other]) => other === name);
  return {
    ...unknownDetails,
    name,
    modules: owners.split(','),
    form: forms[form],
    status: (status || 'Unknown') as ModuleStatus,
    contexts: contextsOf(documented),
    allowed: allowed === '?' ? undefined : contextsOf(allowed),
    override: override ? (override.split(',') as OverrideClass[]) : [],
    args: argumentsOf(countedLists[name] ?? (kind as ArgumentKind | '')),
    since: since || undefined,
    deprecated: old && { since: old[1], replacement: old[2], renamed: isRename(name) },
    syntax: syntax || undefined,
    default: standard || undefined,
  };
}

function contextsOf(letters: string): ApacheContext[] {
  return [...letters].map((letter) => contextLetters[letter]!);
}

function argumentsOf(kind: ArgumentKind | ''): ApacheDirective['args'] {
  const [min, max] = kind ? counts[kind] : [0, Infinity];
  return { kind: kind || undefined, min, max };
}

const unknownDetails = {
  form: 'either',
  status: 'Unknown',
  contexts: [],
  allowed: undefined,
  override: [],
  args: argumentsOf(''),
  since: undefined,
  until: undefined,
  deprecated: undefined,
  replacement: undefined,
  syntax: undefined,
  default: undefined,
} as const;

function removedDirective(key: string): ApacheDirective | undefined {
  const row = removed.find(([name]) => name.toLowerCase() === key);
  if (!row) return undefined;
  const [name, module, until, replacement] = row;
  return { ...unknownDetails, name, modules: [module], until, replacement: replacement || undefined };
}

function thirdPartyDirective(key: string): ApacheDirective | undefined {
  const module = thirdPartyModuleOf(key);
  return module && { ...unknownDetails, name: key, modules: [module.name], status: 'Third-party' };
}
