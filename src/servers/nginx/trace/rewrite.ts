/** The rewrite module's directives, run in the order written: `set`, `if`, `rewrite`, `return`, `break`. */
import { routeOf } from '../meaning/route-index.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import { headerOf, type Block, type Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { toBytes } from '../../../text/bytes.ts';
import { giveUp } from '../../../model/unknown.ts';
import { runRegex } from './match.ts';
import { step, useScope, type State } from './state.ts';
import { unescapeRedirect } from './uri.ts';
import { evaluate, evaluatePart, partsOf } from './values.ts';
import { isRedirectUrl } from '../meaning/redirect-url.ts';
import { conditionText, conditionHolds, type Run } from './conditions.ts';

/** `declined`: go on with the next phase. */
export type PhaseResult =
  | { readonly kind: 'declined' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'response'; readonly status: number; readonly body: string };

export const declined: PhaseResult = { kind: 'declined' };

export function runRewritePhase(state: State, block: Block | undefined): PhaseResult {
  if (!block) return declined;
  return runBlock({ state, quote: true, stopped: false }, block);
}

function runBlock(run: Run, block: Block): PhaseResult {
  for (const directive of rewritingIn(block)) {
    const result = runDirective(run, directive);
    if (result.kind !== 'declined' || run.stopped) return result;
  }
  return declined;
}

const rewriting: ReadonlySet<string> = new Set(['set', 'break', 'return', 'rewrite', 'if']);

const rewritingByBlock = new WeakMap<Block, readonly Directive[]>();

/** The directives of a block that this phase runs; sorted out once, as a server may be asked for thousands of paths. */
function rewritingIn(block: Block): readonly Directive[] {
  let directives = rewritingByBlock.get(block);
  if (!directives) {
    directives = children(block).filter(({ key }) => rewriting.has(key));
    rewritingByBlock.set(block, directives);
  }
  return directives;
}

function runDirective(run: Run, directive: Directive): PhaseResult {
  const { state } = run;
  switch (directive.key) {
    case 'set':
      return set(run, directive);
    case 'break':
      step(state, 'break ends the rewrite directives here.', headerOf(directive));
      if (state.uriChanged) {
        state.locationValid = false;
        state.uriChanged = false;
      }
      run.stopped = true;
      return declined;
    case 'return':
      return returnDirective(state, directive);
    case 'rewrite':
      return rewrite(run, directive);
    case 'if':
      return conditional(run, directive);
    default:
      return declined;
  }
}

function set({ state, quote }: Run, directive: Directive): PhaseResult {
  const name = directive.args[0]?.value.replace(/^\$/, '').toLowerCase() ?? '';
  const value = evaluate(state, directive.args[1]?.value ?? '', { quoteCaptures: quote });
  if (name === 'args') {
    state.args = value;
    // What a backend is sent is made anew, from the decoded path.
    state.rawTargetValid = false;
  } else state.variables.set(name, value);
  step(state, `$${name} is set to "${clip(value)}".`, headerOf(directive));
  return declined;
}

/** Enough of a value for a message. */
function clip(value: string): string {
  return value.length > 500 ? `${value.slice(0, 500)}...` : value;
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export function returnDirective(state: State, directive: Directive): PhaseResult {
  const [first, second] = directive.args.map((word) => word.value);
  const numeric = /^\d+$/.test(first ?? '');
  const status = numeric ? Number(first) : 302;
  const text = numeric ? second : first;
  const does = redirectStatuses.has(status) ? 'redirect' : undefined;
  step(state, `return answers with status ${status}.`, headerOf(directive), does);
  if (status >= 400 && (text === undefined || text === '')) return { kind: 'status', status };
  const body = text === undefined ? '' : evaluate(state, text);
  if (redirectStatuses.has(status)) {
    state.locationHeader = body;
    return { kind: 'status', status };
  }
  return { kind: 'response', status, body };
}

function rewrite(run: Run, directive: Directive): PhaseResult {
  const { state } = run;
  const [pattern = '', target = '', flag] = directive.args.map((word) => word.value);
  const regex = compilePcre(toBytes(pattern), false) ?? giveUp(`The pattern "${pattern}" is beyond this tracer.`);
  if (!runRegex(state, regex, state.path)) {
    state.captures = [];
    return declined;
  }
  const keepArgs = !target.endsWith('?');
  const replacement = keepArgs ? target : target.slice(0, -1);
  const redirects = isRedirectUrl(target) || flag === 'redirect' || flag === 'permanent';
  state.internal = true;
  state.rawTargetValid = false;
  if (redirects) {
    const url = unescapeRedirect(evaluate(state, replacement, { quoteCaptures: true }));
    run.quote = false;
    state.locationHeader =
      keepArgs && state.args !== '' ? `${url}${replacement.includes('?') ? '&' : '?'}${state.args}` : url;
    const status = flag === 'permanent' ? 301 : 302;
    step(state, `rewrite redirects to ${state.locationHeader} with status ${status}.`, headerOf(directive), 'redirect');
    return { kind: 'status', status };
  }
  const before = state.path;
  const failed = replaceUri(state, replacement, keepArgs);
  run.quote = false;
  if (failed) return failed;
  state.uriChanged = flag !== 'break';
  if (flag === 'break') state.locationValid = false;
  step(
    state,
    `rewrite changes the URI from ${before} to ${state.path}${flag ? ` (${flag})` : ''}.`,
    headerOf(directive),
    'rewrite',
  );
  run.stopped = flag === 'last' || flag === 'break';
  return declined;
}

/** The first `?` of the replacement text begins the new arguments; those of the request follow. */
function replaceUri(state: State, replacement: string, keepArgs: boolean): PhaseResult | undefined {
  let path = '';
  let args: string | undefined;
  for (const part of partsOf(replacement)) {
    let text = part.kind === 'text' ? part.text : evaluatePart(state, part, args !== undefined);
    if (part.kind === 'text' && args === undefined) {
      const question = text.indexOf('?');
      if (question !== -1) {
        path += text.slice(0, question);
        args = '';
        text = text.slice(question + 1);
      }
    }
    if (args === undefined) path += text;
    else args += text;
  }
  if (args !== undefined) state.args = keepArgs && state.args !== '' ? `${args}&${state.args}` : args;
  else if (!keepArgs) state.args = '';
  if (path === '') return { kind: 'status', status: 500 };
  state.path = path;
  return undefined;
}

function conditional(run: Run, directive: Directive): PhaseResult {
  const { state } = run;
  if (!directive.block || !conditionHolds(run, directive)) return declined;
  step(state, `The condition ${conditionText(directive)} is true.`, headerOf(directive), 'condition');
  const route = routeOf(state.virtualHost, directive);
  // On the server level an "if" only runs its rewrite directives; in a location its settings come into force.
  if (route && state.route) useScope(state, route.scope);
  return runBlock(run, directive.block);
}
