/** Variables in values, as `ngx_http_script_compile` reads them. */
import { nginxVariable } from '../facts/index.ts';
import type { NginxDirective } from '../facts/types.ts';
import { enclosingNamed, type Directive, type Word } from '../../../syntax/tree.ts';
import { refuseForm } from './refuse.ts';
import { remembered, type NginxCheck, type Run } from './run.ts';
import { wordTable } from '../../../text/word-table.ts';
import { tellerKeys } from '../meaning/pass.ts';

/** Where a directive holds values with variables: the indexes of its first and last such argument. */
const ranges: Readonly<Record<string, readonly [first: number, last: number]>> = wordTable({
  rewrite: [1, 1],
  map: [0, 0],
  split_clients: [0, 0],
  limit_req_zone: [0, 0],
  limit_conn_zone: [0, 0],
  hash: [0, 0],
  auth_request_set: [1, 1],
  set: [1, 1],
  access_log: [0, 0],
  add_header: [1, 1],
  add_trailer: [1, 1],
  ...Object.fromEntries(tellerKeys.map((key) => [key, [1, 1] as const])),
  proxy_set_body: [0, 0],
  ssl_certificate: [0, 0],
  ssl_certificate_key: [0, 0],
  image_filter: [0, -1],
  xslt_stylesheet: [0, -1],
  index: [0, Number.POSITIVE_INFINITY],
});

/** Those whose value may be the name of a variable, and nothing beside it; `geo` with one argument more asks another one than the address. */
const names: Readonly<Record<string, (directive: Directive) => boolean>> = wordTable({
  charset: () => true,
  source_charset: () => true,
  geo: ({ args }) => args.length > 1,
});

/** Checks that every `$` of a compiled value begins the name of a variable, and notes the names. */
export function variableCheck({ name, module, variables }: NginxDirective): NginxCheck | undefined {
  const family = module.startsWith('ngx_stream') ? 'stream' : 'http';
  const isName = names[name];
  if (isName) {
    return (directive, run) => {
      const word = directive.args[0];
      if (word?.value.startsWith('$') && isName(directive)) checkVariables(run, directive, word, family);
    };
  }
  const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  if (!variables && !range) return undefined;
  const [first, last] = range ?? [0, Number.POSITIVE_INFINITY];
  return (directive, run) => {
    const { args } = directive;
    for (let index = first; index < args.length && index <= last; index++) {
      const word = args[index]!;
      if (word.value.includes('$')) checkVariables(run, directive, word, family);
    }
  };
}

/** The first use of each variable, by family and name: `http host`. */
export const usedVariables = remembered(
  () => new Map<string, { readonly word: Word; readonly directive: Directive }>(),
);

export function noteVariable(
  run: Run,
  family: 'http' | 'stream',
  name: string,
  word: Word,
  directive: Directive,
): void {
  const key = `${family} ${name}`;
  const known = usedVariables(run);
  if (!known.has(key)) known.set(key, { word, directive });
}

export function checkVariables(run: Run, directive: Directive, word: Word, family: 'http' | 'stream' = 'http'): void {
  const { value } = word;
  // An argument that is a regular expression ends lines with `$`.
  if (value.startsWith('~') && word === directive.args[0] && /^proxy_(?:redirect|cookie_)/.test(directive.key)) return;
  // One of a kind is enough: thousands of `$` may be wrong alike.
  let isUnclosed = false;
  let isNameless = false;
  for (let dollar = value.indexOf('$'); dollar !== -1; dollar = value.indexOf('$', dollar + 1)) {
    const isBraced = value.charCodeAt(dollar + 1) === 0x7b;
    const start = dollar + (isBraced ? 2 : 1);
    const end = endOfName(value, start);
    if (isBraced && value[end] !== '}') {
      if (!isUnclosed) refuseForm(run, directive, word, 'a value with a closing brace after each "${"');
      isUnclosed = true;
    } else if (end === start) {
      if (!isNameless) refuseForm(run, directive, word, 'a value with a name after each "$"');
      isNameless = true;
    } else if (isBraced || !/[1-9]/.test(value[start]!)) {
      noteVariable(run, family, value.slice(start, end), word, directive);
    }
  }
}

function endOfName(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const letter = code | 32;
    if (!((letter >= 97 && letter <= 122) || (code >= 48 && code <= 57) || code === 95)) break;
  }
  return at;
}

/** The variable that a directive defines: `$name` with a name. */
export function checkDefinition(run: Run, directive: Directive, word: Word): void {
  const { value } = word;
  if (!/^\$./s.test(value)) refuseForm(run, directive, word, 'a variable such as "$name"');
  else if (isFixed(value.slice(1).toLowerCase(), directive)) {
    refuseForm(run, directive, word, 'a variable that may be set: nginx defines it itself');
  }
}

export function isFixed(name: string, directive: Directive): boolean {
  const known = nginxVariable(name, enclosingNamed(directive, 'stream') ? 'stream' : 'http');
  return known !== undefined && !known.prefix && !known.changeable && known.origin === 'core';
}
