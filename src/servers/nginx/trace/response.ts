/** Response headers: `add_header` by status, and how a `Location` becomes absolute. */
import { headerOf, placeIn } from '../../../syntax/tree.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { Outcome, TracedHeader } from '../../../model/trace.ts';
import { giveUp, UnknownAnswer } from '../../../model/unknown.ts';
import type { State } from './state.ts';
import { evaluate } from './values.ts';
import { serverName } from './variables.ts';
import { hostWithPort } from '../../../model/scheme.ts';
import { isOff, isOn } from '../meaning/settings.ts';

const safeStatuses = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

export function responseHeaders(state: State, outcome: Outcome): TracedHeader[] {
  if (outcome.kind === 'unknown' || outcome.kind === 'closed') return [];
  const status = outcome.kind === 'response' ? outcome.status : (state.errorStatus ?? 200);
  const headers: TracedHeader[] = [];
  for (const directive of state.scope.effective('add_header')) {
    const [name, value, always] = directive.args.map((word) => word.value);
    if (!safeStatuses.has(status) && always?.toLowerCase() !== 'always') continue;
    const evaluated = known(state, value ?? '');
    if (evaluated === '') continue;
    headers.push({ name: toBytes(name ?? ''), value: evaluated, origin: placeIn(directive, headerOf(directive)) });
  }
  return headers;
}

function known(state: State, text: string): string | undefined {
  try {
    return evaluate(state, text);
  } catch (error) {
    if (error instanceof UnknownAnswer) return undefined;
    throw error;
  }
}

type Response = Extract<Outcome, { readonly kind: 'response' }>;

/** A Location that is a path gets scheme, host and port, unless absolute_redirect is off. */
export function absoluteLocation(state: State, response: Response): Response {
  const { location } = response;
  if (!location?.startsWith('/') || isOff(state.scope, 'absolute_redirect')) return response;
  const { request, hostName } = state.setting;
  const byName = isOn(state.scope, 'server_name_in_redirect');
  const host = byName ? serverName(state) : hostName || ownAddress(state);
  const port = isOff(state.scope, 'port_in_redirect') ? undefined : request.port;
  return { ...response, location: `${request.scheme}://${hostWithPort(request.scheme, host, port)}${location}` };
}

/** What stands for a host that the request does not name. */
function ownAddress({ setting }: State): string {
  const { address } = setting;
  if (address === undefined)
    return giveUp('Without a host the redirect names the address connected to; name it with --to.');
  return address.replace(/[[\]]/g, '');
}
