/** The access phase: `allow`/`deny`, `auth_basic`, `auth_request`, `satisfy`. */
import { headerValues } from '../../../model/headers.ts';
import { headerOf, type Directive } from '../../../syntax/tree.ts';
import { contains, parseNetwork } from '../../../model/network.ts';
import { toBytes } from '../../../text/bytes.ts';
import { giveUp } from '../../../model/unknown.ts';
import { declined, type PhaseResult } from './rewrite.ts';
import { maxUriChanges, step, type State } from './state.ts';
import { evaluate } from './values.ts';
import { isOff } from '../meaning/settings.ts';

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
  const { client } = state;
  for (const rule of rules) {
    const text = rule.args[0]?.value ?? '';
    const matches = text === 'all' || matchesAddress(client, text, rule);
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
  if (!realm || isOff(realm) || state.scope.effective('auth_basic_user_file').length === 0) {
    return 'no-opinion';
  }
  if (evaluate(state, realm.args[0]?.value ?? '') === 'off') return 'no-opinion';
  const given = headerValues(state.setting.request.headers, 'authorization').some((value) => /^basic /i.test(value));
  if (given) giveUp('The password file decides whether the given credentials are accepted.');
  step(state, 'auth_basic asks for a password.', headerOf(realm));
  return 401;
}

/** A subrequest of the same headers decides by its status. */
function authRequest(state: State): Verdict {
  const request = state.scope.effective('auth_request').at(-1);
  const uri = request?.args[0]?.value;
  if (!request || uri === undefined || isOff(request)) return 'no-opinion';
  const status = subrequestStatus(state, toBytes(uri));
  step(state, `auth_request ${uri} answers ${status}.`, headerOf(request));
  if (status === 401 || status === 403) return status;
  return status >= 200 && status < 300 ? 'allowed' : 500;
}

/** Throws `UnknownAnswer` where a backend or file decides. */
function subrequestStatus(state: State, uri: string): number {
  const outcome = state.setting.serve(subrequest(state, uri));
  switch (outcome.kind) {
    case 'response':
      return outcome.status;
    case 'static':
      return outcome.found === 'file'
        ? outcome.status
        : giveUp(`Whether the file ${outcome.file} exists decides access.`);
    case 'proxy':
      return giveUp(`The answer of ${outcome.backend} to "auth_request ${uri}" decides access.`);
    default:
      return giveUp(`The answer of "auth_request ${uri}" is not known before it is asked.`);
  }
}

/** `ngx_http_subrequest`. */
function subrequest(state: State, uri: string): State {
  return {
    ...state,
    isSubrequest: true,
    method: 'GET',
    path: uri,
    args: '',
    rawTargetValid: false,
    quoted: false,
    plus: false,
    internal: true,
    locationValid: true,
    uriChanged: false,
    uriChangesLeft: maxUriChanges,
    route: undefined,
    scope: state.virtualHost.scope,
    handlerTaken: false,
    captures: [],
    errorStatus: undefined,
    errorPageUsed: false,
    locationHeader: undefined,
    steps: [],
    candidates: [],
  };
}
