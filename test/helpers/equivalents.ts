/** Other spellings of a config that mean the same to the server, by what the facts say about each directive. */
import { apacheDirective } from '../../src/servers/apache/facts/index.ts';
import { valueRule } from '../../src/servers/apache/facts/values.ts';
import { readFlag } from '../../src/servers/apache/meaning/settings.ts';
import { nginxDirectives } from '../../src/servers/nginx/facts/index.ts';
import { isFlag, parseSize, parseTime } from '../../src/servers/nginx/meaning/values.ts';
import type { ConfigFile, Directive, Word } from '../../src/syntax/tree.ts';

/** Replaces a span of the text. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Rewrite = (directive: Directive) => readonly Change[];

/** By the name of the form. */
const forms: Readonly<Record<ConfigFile['dialect'], Readonly<Record<string, Rewrite>>>> = {
  nginx: {
    'words in upper case': (directive) => upperCase(foldedWords(directive)),
    'quoted words': quoteNginx,
    'one word a line': splitNginx,
    'smaller units': smallerUnits,
    'variables in braces': bracedVariables,
    'header names in lower case': lowerCaseHeaders,
    'host names in upper case': upperCaseHosts,
  },
  apache: {
    'names in upper case': upperCaseName,
    'words in upper case': (directive) => upperCase(foldedValues(directive)),
    'quoted words': quoteApache,
    'one word a line': splitApache,
    'written units': writtenUnits,
    'header names in lower case': lowerCaseHeaders,
    'host names in upper case': upperCaseHosts,
  },
  sslh: {
    'words in upper case': ({ args }) => upperCase(args.filter(({ raw }) => /^(?:true|false)$/.test(raw))),
  },
};

/** `nginx: quoted words` and all others. */
export function formNames(): string[] {
  return Object.entries(forms).flatMap(([dialect, named]) => Object.keys(named).map((name) => `${dialect}: ${name}`));
}

/** The forms that differ from the text, by name. */
export function equivalentsOf(file: ConfigFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const directives = [...directivesOf(file)];
  for (const [name, rewrite] of Object.entries(forms[file.dialect])) {
    const text = applied(file.source.text, directives.flatMap(rewrite));
    if (text !== file.source.text) found.set(name, text);
  }
  return found;
}

function* directivesOf({ root }: ConfigFile): Generator<Directive> {
  const blocks = [root];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    for (const directive of block.directives) {
      yield directive;
      if (directive.block) blocks.push(directive.block);
    }
  }
}

function applied(text: string, changes: readonly Change[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const change of [...changes].sort((a, b) => a.start - b.start)) {
    if (change.start < at) throw new Error(`Two changes at ${change.start}`);
    pieces.push(text.slice(at, change.start), change.text);
    at = change.end;
  }
  return pieces.join('') + text.slice(at);
}

const upperCase = (words: readonly Word[]): Change[] =>
  words.map(({ start, end, raw }) => ({ start, end, text: raw.toUpperCase() }));

/** Of flags, enumerations and bit masks, by `ngx_conf_set_flag_slot` and its like. */
function foldedWords({ key, args }: Directive): readonly Word[] {
  const kinds = nginxDirectives(key).map(({ value }) => value.kind);
  if (kinds.length === 0) return [];
  if (kinds.every((kind) => kind === 'flag')) return args.filter(({ value }) => isFlag(value));
  return kinds.every((kind) => kind === 'enum' || kind === 'bitmask') ? args : [];
}

/** Words that quotes change nothing about: no part of a condition, of a list of parameters or of a body. */
const plain = /^[\w./:*$@~^=?&+|,%!-]+$/;

function quoteNginx({ key, args, block }: Directive): Change[] {
  // What stands in parentheses is read by itself; entries of tables are no directives.
  if (key === 'if' || nginxDirectives(key).length === 0 || block?.kind === 'raw') return [];
  return args.filter(isPlain).map(({ start, end, raw }) => ({ start, end, text: `"${raw}"` }));
}

function isPlain({ quote, raw }: Word): boolean {
  return quote === '' && plain.test(raw);
}

function splitNginx({ key, args, name }: Directive): Change[] {
  // A word that could be a directive is taken for one whose semicolon is missing.
  if (nginxDirectives(key).length === 0 || args.some(({ value }) => nginxDirectives(value).length > 0)) return [];
  return args.flatMap((word, index) => {
    const { end } = args[index - 1] ?? name;
    return end < word.start ? [{ start: end, end: word.start, text: '\n        ' }] : [];
  });
}

/** Bytes for a size, and seconds for a time. */
function smallerUnits({ key, args }: Directive): Change[] {
  const [word] = args;
  const kinds = new Set(nginxDirectives(key).map(({ value }) => value.kind));
  if (kinds.size !== 1 || word?.quote !== '') return [];
  const [kind] = kinds;
  const amount = readAmount(kind!, word.value);
  if (amount === undefined || !Number.isInteger(amount)) return [];
  return [{ start: word.start, end: word.end, text: String(amount) }];
}

function readAmount(kind: string, text: string): number | undefined {
  switch (kind) {
    case 'size':
    case 'offset':
      return parseSize(text, kind === 'offset');
    case 'milliseconds':
      return parseTime(text) / 1000;
    case 'seconds':
      return parseTime(text, true);
    default:
      return undefined;
  }
}

function upperCaseName({ name, block }: Directive): Change[] {
  const changes = upperCase([name]);
  const { close, file } = block ?? {};
  if (close && file) changes.push({ ...close, text: file.text.slice(close.start, close.end).toUpperCase() });
  return changes;
}

function foldedValues({ key, args }: Directive): readonly Word[] {
  if (apacheDirective(key)?.args.kind === 'FLAG') return args.filter(({ value }) => readFlag([value]) !== undefined);
  const rule = valueRule(key);
  return args.filter(({ value }, index) => {
    const type = rule?.types[index] ?? (rule?.each ? rule.types.at(-1) : undefined);
    return Array.isArray(type?.expected) && type.accepts(value) && type.accepts(value.toUpperCase());
  });
}

/** httpd splits these arguments, by `ap_getword_conf`; what reads its own line is left as it is. */
function isSplit({ key, block }: Directive): boolean {
  const facts = apacheDirective(key);
  return (
    !block &&
    facts?.form === 'plain' &&
    facts.args.kind !== undefined &&
    !/^(?:RAW_ARGS|TAKE_ARGV)$/.test(facts.args.kind)
  );
}

function quoteApache(directive: Directive): Change[] {
  if (!isSplit(directive)) return [];
  return directive.args.filter(isPlain).map(({ start, end, raw }) => ({ start, end, text: `"${raw}"` }));
}

function splitApache(directive: Directive): Change[] {
  const { args, name } = directive;
  if (!isSplit(directive)) return [];
  return args.flatMap((word, index) => {
    const { end } = args[index - 1] ?? name;
    return end < word.start ? [{ start: end, end: word.start, text: ' \\\n        ' }] : [];
  });
}

/** Seconds where a duration has no unit. */
function writtenUnits({ key, args }: Directive): Change[] {
  const [word] = args;
  if (!valueRule(key)?.types[0]?.isDuration || !word || !/^\d+$/.test(word.raw)) return [];
  return [{ start: word.end, end: word.end, text: 's' }];
}

/** `$name` as `${name}`; in a regular expression, and before what is no name, a `$` is something else. */
function bracedVariables({ key, args, block }: Directive): Change[] {
  if (!takesVariables(key) || block) return [];
  // The name that `set` and its like define has none.
  const read = /(?:^|_)set$/.test(key) ? args.slice(1) : args;
  return read.flatMap(({ start, raw }) =>
    // `rewrite` and `return` know a redirect by its first letters.
    [...raw.matchAll(/(?!^["']?\$scheme)\$([a-z_]\w*)/gi)].map(({ 0: found, 1: name, index }) => ({
      start: start + index,
      end: start + index + found.length,
      text: `\${${name}}`,
    })),
  );
}

function takesVariables(key: string): boolean {
  return (
    /_(?:set_header|param)$/.test(key) ||
    nginxDirectives(key).some(({ variables, origin }) => variables && origin === 'core')
  );
}

/** Where a name stands that HTTP compares in any case. */
const headerAt: Readonly<Record<string, number | undefined>> = {
  add_header: 0,
  proxy_set_header: 0,
  proxy_hide_header: 0,
  proxy_pass_header: 0,
  proxy_ignore_headers: 0,
  grpc_set_header: 0,
};

const headerName = /^[A-Za-z][A-Za-z-]*$/;

function lowerCaseHeaders({ key, args }: Directive): Change[] {
  const word = /^(?:request)?header$/.test(key)
    ? args.find(({ value }, index) => index > 0 && index < 3 && /-|^Host$/.test(value) && headerName.test(value))
    : args[headerAt[key] ?? -1];
  if (!word || !headerName.test(word.value)) return [];
  return [{ start: word.start, end: word.end, text: word.raw.toLowerCase() }];
}

const hostKeys = /^(?:server_?name|serveralias)$/;

function upperCaseHosts({ key, args }: Directive): Change[] {
  return upperCase(hostKeys.test(key) ? args.filter(({ raw }) => /^[\w.*-]+$/.test(raw)) : []);
}
