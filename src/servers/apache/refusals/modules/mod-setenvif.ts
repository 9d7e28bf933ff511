import type { Directive } from '../../../../syntax/tree.ts';
import { judgeRegex, judgeRegexAt } from '../regex.ts';
import { refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';

/** Values that are asked for by name; any other name with a character that no header has is a pattern. */
const special = /^(?:remote_(?:addr|host)|request_(?:uri|method|protocol)|server_addr)$/i;

/** `add_setenvif`, which splits its line itself. */
function judgeSetEnvIf(directive: Directive): Refusal | undefined {
  const [header] = directive.args;
  if (!header || directive.args.length < 3) return wrongCount(directive, 'at least 3 arguments');
  const found = judgePattern(directive, 1);
  if (found || special.test(header.value) || /^[\w-]*$/.test(header.value)) return found;
  return judgeRegex(directive, header);
}

/** `add_setenvif_core` takes an empty pattern for none. */
function judgePattern(directive: Directive, index: number): Refusal | undefined {
  const word = directive.args[index]!;
  return word.value === '' ? refusal(directive, 'it has no pattern', word) : judgeRegexAt(directive, index);
}

/** `add_browser`. */
function judgeBrowser(directive: Directive): Refusal | undefined {
  return directive.args.length < 2 ? wrongCount(directive, 'at least 2 arguments') : judgePattern(directive, 0);
}

/** `add_setenvifexpr`; the expression is judged elsewhere. */
function judgeExpression(directive: Directive): Refusal | undefined {
  return directive.args.length < 2 ? wrongCount(directive, 'an expression and variables') : undefined;
}

export const handlers: Handlers = {
  browsermatch: judgeBrowser,
  browsermatchnocase: judgeBrowser,
  setenvif: judgeSetEnvIf,
  setenvifexpr: judgeExpression,
  setenvifnocase: judgeSetEnvIf,
};
