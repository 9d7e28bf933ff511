import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

const stage = /^(?:handshake|header|body)=(?:\d+|\d+(?:-\d+)?,minrate=0*[1-9]\d*)$/i;

/** `set_reqtimeout_param` of `mod_reqtimeout.c`. */
function judgeRequestReadTimeout(directive: Directive): Refusal | undefined {
  const word = directive.args.find(({ value }) => !stage.test(value));
  return word && badForm(directive, word, 'a stage with its timeout, such as "header=20-40,MinRate=500" or "body=20"');
}

export const handlers: Handlers = { requestreadtimeout: judgeRequestReadTimeout };
