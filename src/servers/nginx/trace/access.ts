/** The access phase: `allow`/`deny`, `auth_basic`, `auth_request`, `satisfy`. */
import { headerOf, type Directive } from '../../../syntax/tree.ts';
import { contains, parseNetwork } from '../../../model/network.ts';
import { giveUp } from '../../../model/unknown.ts';
import { declined, returnDirective, type PhaseResult } from './rewrite.ts';
import { step, type State } from './state.ts';
import { evaluate } from './values.ts';

type Verdict = 'no-opinion' | 'allowed' | number;

/** Modules in the order in which nginx asks them. */
const modules: readonly ((state: State) => Verdict)[] = [addressRules, basicAuth, authRequest];

export function runAccessPhase(state: State): PhaseResult {
  const any = state.scope.effective('satisfy').at(-1)?.args[0]?.value === 'any';
  let refused: number | undefined;
  for (const ask of modules) {
    const verdict = ask(state);
    if (verdict === 'no-opinion') continue;
    if (verdict === 'allowed') {
      if (any) return declined;
      continue;
    }
    if (!any || (verdict !== 403 && verdict !== 401)) return { kind: 'status', status: verdict };
    if (refused !== 401) refused = verdict;
  }
  return refused === undefined ? declined : { kind: 'status', status: refused };
}

function addressRules(state: State): Verdict {
  const rules = [...state.scope.effective('allow'), ...state.scope.effective('deny')].sort(byPlace);
  const { from } = state.setting.request;
  for (const rule of rules) {
    const text = rule.args[0]?.value ?? '';
    const matches = text === 'all' || matchesAddress(from, text, rule);
    if (!matches) continue;
    const allowed = rule.key === 'allow';
    step(state, `${rule.key} ${text} decides: access is ${allowed ? 'granted' : 'forbidden'}.`, headerOf(rule));
    return allowed ? 'allowed' : 403;
  }
  return 'no-opinion';
}

function byPlace(a: Directive, b: Directive): number {
  return a.start - b.start;
}

function matchesAddress(from: string | undefined, text: string, rule: Directive): boolean {
  const network = parseNetwork(text);
  if (text === 'unix:') return false;
  if (!network) giveUp(`"${rule.key} ${text}" names no address.`);
  if (from === undefined) giveUp(`"${rule.key} ${text}" depends on the client address; name it with --from.`);
  const address = parseNetwork(from);
  return address !== undefined && contains(network, address);
}

function basicAuth(state: State): Verdict {
  const realm = state.scope.effective('auth_basic').at(-1);
  if (!realm || realm.args[0]?.value === 'off' || state.scope.effective('auth_basic_user_file').length === 0) {
    return 'no-opinion';
  }
  if (evaluate(state, realm.args[0]?.value ?? '') === 'off') return 'no-opinion';
  const given = state.setting.request.headers.some(
    ([name, value]) => name.toLowerCase() === 'authorization' && /^basic /i.test(value),
  );
  if (given) giveUp('The password file decides whether the given credentials are accepted.');
  step(state, 'auth_basic asks for a password.', headerOf(realm));
  return 401;
}

/** The subrequest's status decides; it is known where its location only returns. */
function authRequest(state: State): Verdict {
  const request = state.scope.effective('auth_request').at(-1);
  const uri = request?.args[0]?.value;
  if (!request || uri === undefined || uri === 'off') return 'no-opinion';
  const target = state.virtualHost.routes.find(
    (route) => (route.match.kind === 'exact' || route.match.kind === 'prefix') && route.match.pattern === uri,
  );
  const [answer] = target?.scope.own('return') ?? [];
  if (!answer) giveUp(`The answer of "auth_request ${uri}" is not known before it is asked.`);
  const result = returnDirective({ ...state, steps: [] }, answer);
  const status = result.kind === 'declined' ? 500 : result.status;
  step(state, `auth_request ${uri} answers ${status}.`, headerOf(request));
  if (status === 401 || status === 403) return status;
  return status >= 200 && status < 300 ? 'allowed' : 500;
}
