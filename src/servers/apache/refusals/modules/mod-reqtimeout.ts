import type { Directive, Word } from '../../../../syntax/tree.ts';
import { badForm, firstRefusal, type Handlers, type Refusal } from '../refusal.ts';

const stage = /^(?:handshake|header|body)=(?:\d+|\d+(?:-\d+)?,minrate=0*[1-9]\d*)$/i;

/** `set_reqtimeout_param` of `mod_reqtimeout.c`. */
function judgeRequestReadTimeout(directive: Directive): Refusal | undefined {
  const word = directive.args.find(({ value }) => !stage.test(value));
  if (!word) return firstRefusal(directive.args, (each) => judgeRange(directive, each));
  return badForm(directive, word, 'a stage with its timeout, such as "header=20-40,MinRate=500" or "body=20"');
}

/** The numbers are those of a C `long` that is cut to an `int`. */
function judgeRange(directive: Directive, word: Word): Refusal | undefined {
  const [, from = '', to] = /=(\d+)(?:-(\d+))?/.exec(word.value) ?? [];
  if (Number(from) >= 2 ** 31) return badForm(directive, word, 'a number of seconds');
  return to !== undefined && Number(to) <= Number(from)
    ? badForm(directive, word, 'a longer timeout behind the dash than before it')
    : undefined;
}

export const handlers: Handlers = { requestreadtimeout: judgeRequestReadTimeout };
