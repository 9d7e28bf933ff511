import type { Directive, Word } from '../../../../syntax/tree.ts';
import { badChoice, badForm, refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';
import { judgeRegex } from '../regex.ts';

const actions = ['set', 'setifempty', 'add', 'append', 'merge', 'unset', 'echo', 'note', 'edit', 'edit*'];

/** `header_cmd` of `mod_headers.c`: `Header [always|onsuccess] action name [value [replacement]] [early|env=x|expr=x]`. */
function judgeHeader(directive: Directive): Refusal | undefined {
  const words = [...directive.args];
  const isResponse = directive.key === 'header';
  if (isResponse && /^(?:always|onsuccess)$/i.test(words[0]?.value ?? '')) words.shift();
  const [action, name, ...rest] = words;
  if (!action) return wrongCount(directive, 'an action, a header name and a value');
  const kind = action.value.toLowerCase();
  if (!actions.includes(kind)) return badChoice(directive, action, actions);
  if (kind === 'echo' && !isResponse) return refusal(directive, 'the action "echo" is for "Header" only', action);
  const values = kind.startsWith('edit') ? 2 : kind === 'unset' || kind === 'echo' ? 0 : 1;
  // The server does not miss the name of what is unset or echoed.
  if (!name) return values > 0 ? wrongCount(directive, 'an action, a header name and a value') : undefined;
  if (rest.length < values)
    return wrongCount(directive, values === 2 ? 'a pattern and a replacement' : 'an action, a header name and a value');
  if (rest.length > values + 1) {
    return wrongCount(
      directive,
      'fewer arguments (quote a value that holds white space)',
      directive.args.length - rest.length + values + 1,
    );
  }
  return (
    judgePattern(directive, kind, name, rest[0]) ??
    judgeClause(directive, rest[values]) ??
    judgeFormat(directive, values > 0 ? rest[values - 1] : undefined)
  );
}

function judgePattern(directive: Directive, kind: string, name: Word, value: Word | undefined): Refusal | undefined {
  if (kind === 'echo') return judgeRegex(directive, name);
  return kind.startsWith('edit') && value ? judgeRegex(directive, value) : undefined;
}

function judgeClause(directive: Directive, word: Word | undefined): Refusal | undefined {
  if (!word || /^(?:early$|env=!?[^!]|env=!.|expr=)/i.test(word.value)) return undefined;
  return badForm(directive, word, '"early", "env=name" or "expr=condition" (quote a value that holds white space)');
}

/** `%t`, `%D`, `%l`, `%i`, `%b`, `%{name}e`, `%{name}s`, `%%`. */
function judgeFormat(directive: Directive, word: Word | undefined): Refusal | undefined {
  if (!word || word.value.startsWith('expr=')) return undefined;
  for (const [whole, text] of word.value.matchAll(/%(?:\{[^}]*\}?)?(.?)/gs)) {
    if (text === '' && !whole.startsWith('%{')) continue;
    if (text === '%' && whole === '%%') continue;
    if (!'Dteslib'.includes(text!) || text === '') {
      return refusal(directive, `"${whole}" is no format that it knows; write "%%" for a percent sign`, word);
    }
  }
  return undefined;
}

export const handlers: Handlers = { header: judgeHeader, requestheader: judgeHeader };
