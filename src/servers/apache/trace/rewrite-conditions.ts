/** `RewriteCond`: `apply_rewrite_cond` (mod_rewrite.c). */
import { giveUp } from '../../../model/unknown.ts';
import { evaluateExpression } from './expr.ts';
import { compareNumbers, toInteger } from './expr-operators.ts';
import { expand, type RuleRun } from './rewrite-expand.ts';
import type { RuleCondition } from './rewrite-rules.ts';
import { regexOf } from './state.ts';

export function conditionsHold(run: RuleRun, conditions: readonly RuleCondition[]): boolean {
  for (let at = 0; at < conditions.length; at++) {
    const holds = conditionHolds(run, conditions[at]!);
    if (conditions[at]!.or) {
      if (holds) while (conditions[at]?.or) at++;
    } else if (!holds) return false;
  }
  return true;
}

function conditionHolds(run: RuleRun, condition: RuleCondition): boolean {
  const { test, pattern, negated } = condition;
  if (test.toLowerCase() === 'expr') {
    const { value, captures } = evaluateExpression(run.request, pattern);
    if (value && !negated) run.conditionCaptures = captures;
    return value !== negated;
  }
  const input = expand(run, test).text;
  return comparison(run, condition, input) !== negated;
}

function comparison(run: RuleRun, condition: RuleCondition, input: string): boolean {
  const { pattern } = condition;
  const file = /^-([fsdxhLlUF])$/.exec(pattern);
  if (file) return fileTest(run, file[1]!, input);
  const number = /^-(lt|le|gt|ge|eq|ne)(.+)$/s.exec(pattern);
  if (number) return compareNumbers(number[1]!, toInteger(input) - toInteger(number[2]!)) === true;
  const order = pattern.length > 1 ? /^(>=|>|<=|<|=)([^]*)$/.exec(pattern) : null;
  if (order) return compareTexts(order[1]!, input, order[2] === '""' ? '' : order[2]!, condition.ignoresCase);
  const match = regexOf(pattern, condition.ignoresCase).exec(input);
  if (match && !condition.negated) run.conditionCaptures = match;
  return match !== null;
}

function fileTest({ request }: RuleRun, test: string, path: string): boolean {
  if (test === 'F' || test === 'U') return giveUp(`The test "-${test}" by a subrequest is not traced.`);
  if (path === '') return false;
  const { files, unknowns } = request.setting;
  const kind = files(path) ?? giveUp(`Whether "${path}" exists is not known before the request runs.`);
  if (test === 'd') return kind === 'directory';
  if (test === 'f' || kind === 'missing') return kind === 'file';
  if (test === 'x') return giveUp(`Whether "${path}" may be run is not known before the request runs.`);
  if (test !== 's') {
    unknowns.add(`It is taken that "${path}" is no symbolic link.`);
    return false;
  }
  const text = kind === 'file' ? files.read?.(path) : undefined;
  if (kind === 'file' && text === undefined) unknowns.add(`It is taken that "${path}" is not empty.`);
  return kind === 'file' && text !== '';
}

/** A longer text is the greater one, unless case is ignored (`compare_lexicography`). */
function compareTexts(operator: string, input: string, pattern: string, ignoresCase: boolean): boolean {
  const [a, b] = ignoresCase ? [input.toLowerCase(), pattern.toLowerCase()] : [input, pattern];
  const byLength = ignoresCase ? 0 : a.length - b.length;
  const order = byLength !== 0 ? byLength : a < b ? -1 : a > b ? 1 : 0;
  switch (operator) {
    case '=':
      return a === b;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}
