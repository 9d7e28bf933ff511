import type { Directive, Word } from '../../../../syntax/tree.ts';
import { badForm, refusal, type Handlers, type Refusal } from '../refusal.ts';

/** Letters of `mod_log_config`, of `mod_logio` (I, O, S, `^FB`) and of other modules that add some (c, x: mod_ssl). */
const item = /^(?:\^(?:FB|ti|to)|[a-zA-Z])/;
const known = 'abhlurDTftseimnopPvVHUqkXLCIOSRAcxBy';

/** `LogFormat format [name]`, `CustomLog file format [clause]`, `GlobalLog` in the same form. */
function judgeLog(directive: Directive): Refusal | undefined {
  const format = directive.args[directive.key === 'logformat' ? 0 : 1];
  const fault = format && judgeFormat(directive, format);
  if (fault || directive.key === 'logformat') return fault;
  const clause = directive.args[2];
  if (!clause || /^(?:env=!?[^!]|expr=.)/i.test(clause.value)) return undefined;
  return badForm(directive, clause, '"env=name", "env=!name" or "expr=condition"');
}

/** `parse_log_item` of `mod_log_config.c`. */
function judgeFormat(directive: Directive, word: Word): Refusal | undefined {
  const text = word.value;
  for (let at = text.indexOf('%'); at !== -1; at = text.indexOf('%', at)) {
    const modifiers = /^%(?:[!<>,]|\d+|\{[^}]*\}?)*/.exec(text.slice(at))![0];
    const rest = text.slice(at + modifiers.length);
    if (modifiers === '%' && rest.startsWith('%')) {
      at += 2;
      continue;
    }
    if (rest === '') return refusal(directive, `the format ends inside of "${modifiers}"`, word);
    const letter = item.exec(rest)?.[0];
    if (!letter || (letter.length === 1 && !known.includes(letter))) {
      return refusal(directive, `"${modifiers}${rest[0]}" is no format that it knows`, word);
    }
    at += modifiers.length + letter.length;
  }
  return undefined;
}

export const handlers: Handlers = { customlog: judgeLog, globallog: judgeLog, logformat: judgeLog };
