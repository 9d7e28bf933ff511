import type { Directive } from '../../../../syntax/tree.ts';
import { badChoice, badForm, type Fault } from '../fault.ts';

const stage = /^(?:handshake|header|body)=(?:\d+|\d+(?:-\d+)?,minrate=0*[1-9]\d*)$/i;

/** `set_reqtimeout_param` of `mod_reqtimeout.c`. */
export function judgeRequestReadTimeout(directive: Directive): Fault | undefined {
  const word = directive.args.find(({ value }) => !stage.test(value));
  return word && badForm(directive, word, 'a stage with its timeout, such as "header=20-40,MinRate=500" or "body=20"');
}

/** `SSLRandomSeed context source [bytes]`. */
export function judgeRandomSeed(directive: Directive): Fault | undefined {
  const [context] = directive.args;
  if (context && !/^(?:startup|connect)$/i.test(context.value)) {
    return badChoice(directive, context, ['startup', 'connect']);
  }
  return undefined;
}
