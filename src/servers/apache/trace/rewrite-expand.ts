/** Expansion of test strings and substitutions: `$N`, `%N`, `%{NAME}`, `${map:key|default}` (`do_expand`, `lookup_variable`). */
import { giveUp } from '../../../model/unknown.ts';
import { processVariable } from './expr-functions.ts';
import { mapScopes, type Rule } from './rewrite-rules.ts';
import { textOf, type Request } from './state.ts';
import { escapeUri } from './uri.ts';
import { environmentVariable, requestHeader, requestVariable } from './variables.ts';
import { wordTable } from '../../../text/word-table.ts';

/** State while one list of rules runs. */
export interface RuleRun {
  readonly request: Request;
  /** The directory with its slash, in `<Directory>` and `<Location>`; undefined on server level. */
  readonly directory: string | undefined;
  ruleCaptures: readonly (string | undefined)[];
  conditionCaptures: readonly (string | undefined)[];
  reduced: boolean;
  last: Rule | undefined;
}

export interface Expansion {
  readonly text: string;
  /** The first question mark came out of a variable or back-reference. */
  readonly unsafeQuestionMark: boolean;
}

interface Piece {
  readonly text: string;
  readonly expanded: boolean;
}

/** Lookups in lookups that are followed. */
const maxDepth = 50;

export function expand(run: RuleRun, template: string, flags?: ReadonlyMap<string, string>, depth = 0): Expansion {
  if (depth > maxDepth) return giveUp('Lookups in rewrite maps are nested too deeply for this tracer.');
  const pieces: Piece[] = [];
  let at = 0;
  while (at < template.length) {
    const piece = readPiece(run, template, { at, flags, depth });
    pieces.push(piece);
    at = piece.end;
  }
  const last = flags?.has('qsl') === true;
  const marked = last
    ? pieces.findLast(({ text }) => text.includes('?'))
    : pieces.find(({ text }) => text.includes('?'));
  return { text: pieces.map(({ text }) => text).join(''), unsafeQuestionMark: marked?.expanded === true };
}

function readPiece(
  run: RuleRun,
  template: string,
  { at, flags, depth }: { at: number; flags: ReadonlyMap<string, string> | undefined; depth: number },
): Piece & { end: number } {
  const character = template[at]!;
  const next = template[at + 1];
  if (character === '\\')
    return next === undefined
      ? { text: '\\', expanded: false, end: at + 1 }
      : { text: next, expanded: false, end: at + 2 };
  if (character !== '$' && character !== '%') {
    const plain = /^[^\\$%]+/.exec(template.slice(at))![0];
    return { text: plain, expanded: false, end: at + plain.length };
  }
  if (next === '{') {
    const end = closingCurly(template, at + 2);
    const inner = template.slice(at + 2, end);
    if (end === -1) return { text: template.slice(at, at + 2), expanded: false, end: at + 2 };
    if (character === '%') return { text: lookUp(run, inner), expanded: true, end: end + 1 };
    const mapped = lookUpMap(run, inner, depth);
    return mapped === undefined
      ? { text: '${', expanded: false, end: at + 2 }
      : { text: mapped, expanded: true, end: end + 1 };
  }
  if (next !== undefined && /\d/.test(next)) {
    const captured = (character === '$' ? run.ruleCaptures : run.conditionCaptures)[Number(next)] ?? '';
    return { text: flags?.has('b') ? escapeReference(captured, flags) : captured, expanded: true, end: at + 2 };
  }
  return { text: character, expanded: false, end: at + 1 };
}

/** Index of the brace that closes the one before `from`; -1 if there is none. */
function closingCurly(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function lookUp(run: RuleRun, name: string): string {
  const { request } = run;
  const match = /^(ENV|SSL|HTTP|LA-U|LA-F):(.+)$/is.exec(name);
  if (!match) return name.length < 4 ? '' : (requestVariable(request, name) ?? '');
  const argument = match[2]!;
  switch (match[1]!.toUpperCase()) {
    case 'ENV':
      return environmentVariable(request, argument) ?? processVariable(argument);
    case 'HTTP':
      return requestHeader(request, argument) ?? '';
    case 'SSL':
      return request.setting.request.scheme === 'http' ? '' : giveUp(`The TLS variable "${argument}" is not traced.`);
    default:
      return giveUp(`"%{${name}}" asks for the outcome of another request.`);
  }
}

function lookUpMap(run: RuleRun, inner: string, depth: number): string | undefined {
  const colon = inner.indexOf(':');
  if (colon === -1) return undefined;
  const name = inner.slice(0, colon);
  const bar = inner.indexOf('|', colon);
  const key = expand(run, inner.slice(colon + 1, bar === -1 ? undefined : bar), undefined, depth + 1).text;
  const target = mapTarget(run.request, name);
  if (target?.startsWith('int:')) return internalMaps[target]?.(key) ?? unknownMap(name);
  const value = target === undefined ? undefined : textMapValue(run.request, name, target, key);
  if (value !== undefined) return value;
  return bar === -1 ? '' : expand(run, inner.slice(bar + 1), undefined, depth + 1).text;
}

const internalMaps: Readonly<Record<string, (key: string) => string>> = wordTable({
  'int:tolower': (key) => key.toLowerCase(),
  'int:toupper': (key) => key.toUpperCase(),
  'int:escape': escapeUri,
});

/** `lookup_map_txtfile`: lines of a key and a value. Undefined: no line has the key. */
function textMapValue(request: Request, name: string, target: string, key: string): string | undefined {
  const path = /^(?:txt:)?(\/.*)$/s.exec(target)?.[1];
  const text = path === undefined ? undefined : request.setting.files.read?.(path);
  if (text === undefined) return unknownMap(name);
  for (const line of text.split('\n')) {
    const match = /^([^#\s]\S*)\s+(\S+)/.exec(line);
    if (match?.[1] === key) return match[2];
  }
  return undefined;
}

function unknownMap(name: string): never {
  return giveUp(`The content of the rewrite map "${name}" is not known.`);
}

/** What a map is made of; undefined: there is none of that name, which looks up nothing. */
function mapTarget({ setting }: Request, name: string): string | undefined {
  for (const scope of mapScopes(setting)) {
    const map = scope.own('rewritemap').findLast(({ args }) => textOf(setting, args[0]) === name);
    if (map) return textOf(setting, map.args[1]);
    if (scope.open) return unknownMap(name);
  }
  return undefined;
}

/** What the B flag does to a back-reference (`escape_backref`). */
function escapeReference(text: string, flags: ReadonlyMap<string, string>): string {
  const only = flags.get('b') ?? '';
  const spared = flags.get('bne') ?? '';
  let out = '';
  for (const character of text) {
    const escapes = (only === '' || only.includes(character)) && !spared.includes(character);
    if (!escapes || /[A-Za-z0-9_]/.test(character)) out += character;
    else if (character === ' ' && !flags.has('bnp') && !flags.has('backrefernoplus')) out += '+';
    else out += `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  }
  return out;
}
