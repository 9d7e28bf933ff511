import { judgeRegexAt } from '../regex.ts';
import { wrongCount, type Handler, type Handlers } from '../refusal.ts';

/** `add_setenvif` and `add_browser` of `mod_setenvif.c`, which split their line themselves. */
function handler(fewest: number, patternAt: number): Handler {
  return (directive) =>
    directive.args.length < fewest
      ? wrongCount(directive, `at least ${fewest} arguments`)
      : judgeRegexAt(directive, patternAt);
}

const setEnvIf = handler(3, 1);
const browserMatch = handler(2, 0);

export const handlers: Handlers = {
  browsermatch: browserMatch,
  browsermatchnocase: browserMatch,
  setenvif: setEnvIf,
  setenvifnocase: setEnvIf,
};
