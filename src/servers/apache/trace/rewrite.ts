/** The rule engine of mod_rewrite: `apply_rewrite_list`, `apply_rewrite_rule`. */
import { giveUp } from '../../../model/unknown.ts';
import { toInteger } from './expr-operators.ts';
import { conditionsHold } from './rewrite-conditions.ts';
import { expand, type RuleRun } from './rewrite-expand.ts';
import { isProxied, rename } from './rewrite-names.ts';
import type { Rule } from './rewrite-rules.ts';
import { regexOf, step, type Request } from './state.ts';

/** What the rules did: nothing, a new name in `request.filename`, or a status. */
export type RewriteResult =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'changed';
      /** The NE flag. */
      readonly noEscape: boolean;
      readonly passThrough: boolean;
      readonly reduced: boolean;
      readonly last: Rule | undefined;
    }
  | { readonly kind: 'status'; readonly status: number };

/** Rounds of the N flag before httpd gives up with 500; `N=number` changes it. */
const maximalRounds = 10_000;
/** More than real rule sets need; the name grows or the rules run in a circle. */
const tracedRounds = 1000;
/** Twice LimitRequestLine. */
const longestName = 2 * 8190;

export function applyRules(request: Request, rules: readonly Rule[], directory: string | undefined): RewriteResult {
  const run: RuleRun = {
    request,
    directory,
    ruleCaptures: [],
    conditionCaptures: [],
    reduced: false,
    last: undefined,
  };
  let changed = false;
  let noEscape = false;
  let passThrough = false;
  let round = 1;
  for (let at = 0; at < rules.length; at++) {
    const rule = rules[at]!;
    const { flags } = rule;
    if (request.main && (flags.has('ns') || flags.has('r'))) continue;
    const outcome = applyRule(run, rule);
    if (outcome === 'no-match') {
      while (at < rules.length && rules[at]!.flags.has('c')) at++;
      continue;
    }
    if (request.filename!.length > longestName) return answer(request, 500);
    if (outcome === 'unsafe') {
      // Unlike other statuses it stays, so that no ErrorDocument answers it.
      request.status = 403;
      return { kind: 'status', status: 403 };
    }
    if (rule.forcedStatus !== undefined) return answer(request, rule.forcedStatus);
    if (!rule.matchOnly) {
      changed = true;
      noEscape = flags.has('ne');
    }
    if (flags.has('pt')) {
      changed = true;
      noEscape = false;
      passThrough = true;
      break;
    }
    if (flags.has('end')) request.rewriting.ended = true;
    if (flags.has('end') || flags.has('p') || flags.has('l')) break;
    if (flags.has('n')) {
      const limit = Number.parseInt(flags.get('n') ?? '', 10) || maximalRounds;
      if (++round >= limit) return answer(request, 500);
      if (round > tracedRounds) giveUp('The rules run in a circle by the flag N.');
      at = -1;
      continue;
    }
    at += toInteger(flags.get('s') ?? '0');
  }
  if (!changed) return { kind: 'unchanged' };
  return { kind: 'changed', noEscape, passThrough, reduced: run.reduced, last: run.last };
}

/** The request is as good as new, so that an ErrorDocument may answer. */
function answer(request: Request, status: number): RewriteResult {
  request.status = 200;
  return { kind: 'status', status };
}

function applyRule(run: RuleRun, rule: Rule): 'no-match' | 'matched' | 'unsafe' {
  const { request } = run;
  const subject = subjectOf(run);
  const match = regexOf(rule.pattern, rule.flags.has('nc')).exec(subject);
  if ((match !== null) === rule.negated) return 'no-match';
  run.ruleCaptures = rule.negated || !match ? [] : match;
  run.conditionCaptures = [];
  if (!conditionsHold(run, rule.conditions)) return 'no-match';
  const output = rule.matchOnly ? undefined : expand(run, rule.output, rule.flags);
  if (output?.unsafeQuestionMark && !rule.flags.has('unsafeallow3f')) {
    step(request, 'A question mark that was escaped in the URL became part of the substitution.', rule.directive);
    return 'unsafe';
  }
  setEnvironment(run, rule);
  if (!output) {
    const does = rule.forcedStatus === undefined ? 'changes nothing' : `answers ${rule.forcedStatus}`;
    step(request, `The rewrite rule matches "${subject}" and ${does}.`, rule.directive);
    if (rule.flags.has('h')) request.notes.add('forced-handler');
    return 'matched';
  }
  if (rule.flags.has('co')) giveUp('A rewrite rule sets a cookie, which is not traced.');
  run.last = rule;
  step(request, `The rewrite rule turns "${subject}" into "${output.text}".`, rule.directive);
  rename(run, rule, output.text);
  if (rule.flags.has('h')) request.notes.add('forced-handler');
  return 'matched';
}

/** In a directory its path is stripped, so that the rule sees the rest. */
function subjectOf({ request, directory }: RuleRun): string {
  const name = request.filename!;
  if (directory === undefined) return name;
  const whole = name + request.pathInfo;
  return !isProxied(request) && whole.startsWith(directory) ? whole.slice(directory.length) : whole;
}

function setEnvironment(run: RuleRun, rule: Rule): void {
  for (const template of rule.environment) {
    const text = expand(run, template).text;
    const colon = text.indexOf(':');
    if (text.startsWith('!')) run.request.env.delete(text.slice(1));
    else if (colon === -1) run.request.env.set(text, '');
    else run.request.env.set(text.slice(0, colon), text.slice(colon + 1));
  }
}
