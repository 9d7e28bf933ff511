import type { Directive } from '../../../../syntax/tree.ts';
import { badChoice, type Handlers, type Refusal } from '../refusal.ts';

const types = ['Input', 'Output', 'Ratio'];

/** `DeflateFilterNote [type] name`: `deflate_set_note`, and `set_filter_note` of mod_brotli. */
function judgeNote(directive: Directive): Refusal | undefined {
  const [type, name] = directive.args;
  const isRight = !type || !name || types.some((each) => each.toLowerCase() === type.value.toLowerCase());
  return isRight ? undefined : badChoice(directive, type, types);
}

export const handlers: Handlers = { brotlifilternote: judgeNote, deflatefilternote: judgeNote };
