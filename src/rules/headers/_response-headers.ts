/** What the directives of a level do to response headers: nginx `add_header` and `more_set_headers`, httpd `Header`. */
import type { Scope } from '../../model/model.ts';
import type { Dialect, Directive, Word } from '../../syntax/tree.ts';
import { wordTable } from '../../text/word-table.ts';

export interface ResponseHeader {
  /** Lower-cased, without colon. */
  readonly name: string;
  /** As written. */
  readonly written: string;
  /** `add`: beside what is there; `set`: in its place. */
  readonly action: 'add' | 'set';
  /** Without the name, where both stand in one word. */
  readonly value: string;
  readonly word: Word;
  /** Sent with error responses too. */
  readonly always: boolean;
  /** Sent only with some responses. */
  readonly conditional: boolean;
  readonly directive: Directive;
}

/** The directives of each server, to ask a {@link Scope} for. */
export const responseHeaderKeys: Readonly<Record<'nginx' | 'apache', readonly string[]>> = {
  nginx: ['add_header', 'more_set_headers'],
  apache: ['header'],
};

/** The response headers in force on a level. What removes or edits headers is left out. */
export function responseHeaders(scope: Scope, dialect: Dialect): ResponseHeader[] {
  if (dialect === 'sslh') return [];
  const found: ResponseHeader[] = [];
  for (const key of responseHeaderKeys[dialect]) {
    for (const directive of scope.effective(key)) found.push(...readResponseHeader(directive));
  }
  return found;
}

/** Whether a level may differ in them from the one around it; httpd merges sections that are no routes by themselves. */
export function mayChangeHeaders(scope: Scope, dialect: Dialect): boolean {
  return dialect !== 'nginx' || responseHeaderKeys.nginx.some((key) => scope.own(key).length > 0);
}

/** Those of one directive; none for other directives, and for what removes or edits headers. */
export function readResponseHeader(directive: Directive): ResponseHeader[] {
  switch (directive.key) {
    case 'add_header':
      return addHeader(directive);
    case 'more_set_headers':
      return directive.args.flatMap((word) => moreHeader(directive, word));
    case 'header':
      return apacheHeader(directive);
    default:
      return [];
  }
}

function addHeader(directive: Directive): ResponseHeader[] {
  const [name, word, always] = directive.args;
  if (!name || !word || word.value === '') return [];
  return [make(directive, name.value, word, { action: 'add', always: always?.value === 'always' })];
}

/** `more_set_headers [-s status] [-t type] 'Name: value' ...` */
function moreHeader(directive: Directive, word: Word): ResponseHeader[] {
  const match = /^\s*([\w-]+)\s*:\s*(.+)$/s.exec(word.value);
  if (!match) return [];
  const conditional = directive.args.some(({ value }) => /^-[st]/.test(value));
  const header = make(directive, match[1]!, word, { action: 'set', always: true, conditional });
  return [{ ...header, value: match[2]! }];
}

const apacheActions: Readonly<Record<string, ResponseHeader['action'] | undefined>> = wordTable({
  set: 'set',
  setifempty: 'set',
  add: 'add',
  append: 'set',
  merge: 'set',
});

/** `Header [always|onsuccess] action name value [early|env=x|expr=x]` */
function apacheHeader(directive: Directive): ResponseHeader[] {
  const table = directive.args[0]?.value.toLowerCase() ?? '';
  const named = table === 'always' || table === 'onsuccess';
  const [action, name, word, ...rest] = named ? directive.args.slice(1) : directive.args;
  const kind = action && apacheActions[action.value.toLowerCase()];
  if (!kind || !name || !word) return [];
  const conditional =
    /^expr=/i.test(word.value) || rest.some(({ value }) => /^(?:env|expr)=/i.test(value)) || isConditional(directive);
  return [make(directive, name.value, word, { action: kind, always: table === 'always', conditional })];
}

const applying = /^if$|^else|match$|^(?:files|directory|location|limit)/;

/** In a section that holds for some requests or some servers. */
function isConditional({ parent }: Directive): boolean {
  for (let owner = parent.owner; owner; owner = owner.parent.owner) {
    if (applying.test(owner.key) || owner.key === 'ifdefine' || owner.key === 'ifversion') return true;
  }
  return false;
}

function make(
  directive: Directive,
  written: string,
  word: Word,
  { action, always, conditional = false }: { action: 'add' | 'set'; always: boolean; conditional?: boolean },
): ResponseHeader {
  const bare = written.replace(/:$/, '');
  return { name: bare.toLowerCase(), written: bare, action, value: word.value, word, always, conditional, directive };
}
