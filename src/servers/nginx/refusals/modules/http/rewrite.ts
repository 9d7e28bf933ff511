import type { Directive, Word } from '../../../../../syntax/tree.ts';
import { conditionWords } from '../../../meaning/match.ts';
import { isRedirectUrl } from '../../../meaning/redirect-url.ts';
import { hasVariable, parseNumber } from '../../../meaning/values.ts';
import { refuseChoice, refuseForm } from '../../refuse.ts';
import { checkRegex } from '../../regexes.ts';
import type { ModuleChecks, NginxCheck, Run } from '../../run.ts';
import { checkDefinition, checkVariables, noteVariable } from '../../variables.ts';

const rewrite: NginxCheck = (directive, run) => {
  const [pattern, replacement, flag] = directive.args as readonly [Word, Word, Word?];
  checkRegex(run, directive, pattern);
  if (replacement.value === '') refuseForm(run, directive, replacement, 'a replacement');
  if (flag && !/^(?:last|break|redirect|permanent)$/.test(flag.value)) {
    refuseChoice(run, directive, flag, '"last", "break", "redirect" or "permanent"');
  }
};

const returnCode: NginxCheck = (directive, run) => {
  const [first] = directive.args as readonly [Word];
  const status = parseNumber(first.value);
  const isUrl = directive.args.length === 1 && isRedirectUrl(first.value);
  if (status <= 999 || isUrl) return;
  refuseForm(
    run,
    directive,
    first,
    'a status code, or alone a URL that begins with "http://", "https://" or "$scheme"',
  );
};

const set: NginxCheck = (directive, run) => checkDefinition(run, directive, directive.args[0]!);

/** `ngx_http_rewrite_if_condition`; the words of the condition are read with the parentheses taken off. */
const condition: NginxCheck = (directive, run) => {
  if (!checkParentheses(directive, run)) return;
  const words = conditionWords(directive);
  const [subject, operator, ...rest] = words;
  if (!subject) {
    refuseForm(run, directive, directive.args[0]!, 'a condition');
  } else if (/^\$./s.test(subject.value)) {
    if (operator) checkComparison(run, directive, operator, rest);
    // Whatever follows the `$` is taken for the name.
    noteVariable(run, 'http', subject.value.slice(1), subject, directive);
  } else if (/^!?-[fdex]$/.test(subject.value) && words.length === 2) {
    checkVariables(run, directive, operator!);
  } else {
    refuseForm(
      run,
      directive,
      subject,
      'a condition: a variable, a comparison of a variable, or a file test such as "-f"',
    );
  }
};

function checkComparison(run: Run, directive: Directive, operator: Word, rest: readonly Word[]): void {
  if (rest.length !== 1) {
    refuseForm(
      run,
      directive,
      operator,
      'a comparison with one operator and one value; quote a value that holds white space',
    );
  } else if (/^!?~\*?$/.test(operator.value)) checkRegex(run, directive, rest[0]!);
  else if (operator.value === '=' || operator.value === '!=') {
    if (hasVariable(rest[0]!.value)) checkVariables(run, directive, rest[0]!);
  } else refuseChoice(run, directive, operator, '"=", "!=", "~", "~*", "!~" or "!~*"');
}

/** False, and reported, where a parenthesis is missing. */
function checkParentheses(directive: Directive, run: Run): boolean {
  const { args } = directive;
  const first = args[0]!;
  const last = args.at(-1)!;
  if (!first.value.startsWith('(')) refuseForm(run, directive, first, 'a condition in parentheses');
  else if (!last.value.endsWith(')') || (args.length === 1 && last.value.length < 2)) {
    refuseForm(run, directive, last, 'the end of a condition: a ")" is missing');
  } else return true;
  return false;
}

export const httpRewrite: ModuleChecks = { directives: { if: condition, rewrite, return: returnCode, set } };
