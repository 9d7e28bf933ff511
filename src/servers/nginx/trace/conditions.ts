import { conditionWords } from '../meaning/match.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { toBytes } from '../../../text/bytes.ts';
import { giveUp } from '../../../model/unknown.ts';
import { kindOf } from './file-name.ts';
import { runRegex } from './match.ts';
import type { State } from './state.ts';
import { evaluate } from './values.ts';

export function conditionText(directive: Directive): string {
  return directive.args.map((word) => word.raw).join(' ');
}

export function conditionHolds(run: Run, directive: Directive): boolean {
  const { state } = run;
  const [left = '', operator, right = ''] = conditionWords(directive).map(({ value }) => value);
  if (!left.startsWith('$')) return fileTest(state, left, operator ?? '');
  const value = evaluate(state, left);
  switch (operator) {
    case undefined:
      return value !== '' && value !== '0';
    case '=':
      return value === evaluate(state, right, { quoteCaptures: run.quote });
    case '!=':
      return value !== evaluate(state, right, { quoteCaptures: run.quote });
    default: {
      const regex =
        compilePcre(toBytes(right), operator.includes('*')) ?? giveUp(`The pattern "${right}" is beyond this tracer.`);
      const matched = runRegex(state, regex, value);
      if (!matched) state.captures = [];
      return matched !== operator.startsWith('!');
    }
  }
}

function fileTest(state: State, test: string, operand: string): boolean {
  const negative = test.startsWith('!');
  const kind = kindOf(state, evaluate(state, operand));
  const letter = test.at(-1);
  if (kind === undefined || letter === 'x') giveUp(`Whether the file of "${test} ${operand}" exists is not known.`);
  const holds = letter === 'f' ? kind === 'file' : letter === 'd' ? kind === 'directory' : kind !== 'missing';
  return holds !== negative;
}

export interface Run {
  readonly state: State;
  /** Captures are escaped until a regular expression of a rewrite has run: the state the script engine starts in. */
  quote: boolean;
  stopped: boolean;
}
