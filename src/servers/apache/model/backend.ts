import { isBefore } from '../../../model/versions.ts';
import {
  unknown,
  type Backend,
  type ProxyProtocol,
  type Target,
  type Unknown,
  type WebSocket,
} from '../../../model/model.ts';
import type { Word } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import { PrefixIndex } from './prefix-index.ts';
import { requestHeaders } from './request-headers.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import type { WorkerSettings } from './upstreams.ts';

interface BackendInput {
  readonly scope: ApacheScope;
  readonly target: Target;
  readonly protocol: ProxyProtocol;
  /** `key=value` words of the mapping itself. */
  readonly parameters: readonly Word[];
  readonly workers: WorkerSettings;
  readonly environment: Environment;
}

/** What a backend receives through a mapping; undefined for protocols other than HTTP, which carry headers in ways of their own. */
export function readBackend(input: BackendInput): Backend | undefined {
  const { scope, target, protocol, environment } = input;
  if (protocol !== 'http' && protocol !== 'websocket') return undefined;
  return {
    headers: requestHeaders(scope, target, environment),
    lost: [],
    lostBy: undefined,
    websocket: { state: webSocketState(input), missing: [] },
    httpVersion: { value: scope.effective('setenv').length > 0 ? unknown : '1.1', origin: 'default', inherited: false },
    setBy: setterOf(scope),
    certainty: scope.certainty('requestheader'),
  };
}

/** The innermost level that sets a request header. */
function setterOf(scope: ApacheScope): ApacheScope | undefined {
  for (let at: ApacheScope | undefined = scope; at; at = at.outer) if (at.own('requestheader').length > 0) return at;
  return undefined;
}

function webSocketState({ protocol, target, parameters, workers, environment }: BackendInput): WebSocket['state'] {
  const { version } = environment;
  if (protocol === 'websocket') return version && isBefore(version, '2.4.5') ? 'none' : 'full';
  if (version && isBefore(version, '2.4.47')) return 'none';
  const upgrade = upgradeParameter([...workerParameters(target, workers, environment), ...parameters], environment);
  if (upgrade === undefined) return 'none';
  if (upgrade === unknown) return 'unknown';
  return /^(?:websocket|any|\*)$/i.test(upgrade) ? 'full' : 'none';
}

function upgradeParameter(words: readonly Word[], environment: Environment): string | Unknown | undefined {
  let found: string | Unknown | undefined;
  for (const word of words) {
    const text = environment.text(word);
    if (text === unknown) found ??= unknown;
    else if (/^upgrade=/i.test(text)) found = text.slice('upgrade='.length);
  }
  return found;
}

/** The parameters given elsewhere: for a worker whose URL the target begins with, or for the members of its group. */
function workerParameters(target: Target, workers: WorkerSettings, environment: Environment): readonly Word[] {
  if (workers.parameters.size === 0) return [];
  const url = environment.text(target.word);
  if (url === unknown) return [];
  const urls = new Set<string>();
  workersBefore(workers).beginning(url, (each) => urls.add(each));
  for (const { address } of target.upstream?.servers ?? []) {
    const member = environment.text(address);
    if (member !== unknown && workers.parameters.has(member)) urls.add(member);
  }
  if (urls.size < 2) return [...urls].flatMap((of) => workers.parameters.get(of)!);
  const order = orderOf(workers);
  return [...urls].sort((a, b) => order.get(a)! - order.get(b)!).flatMap((of) => workers.parameters.get(of)!);
}

const indexes = new WeakMap<WorkerSettings, PrefixIndex<string>>();

/** The URLs with parameters, to be found by those that begin with them. */
function workersBefore(workers: WorkerSettings): PrefixIndex<string> {
  let index = indexes.get(workers);
  if (!index) indexes.set(workers, (index = new PrefixIndex([...workers.parameters.keys()].map((of) => [of, of]))));
  return index;
}

const orders = new WeakMap<WorkerSettings, ReadonlyMap<string, number>>();

/** Of the URLs with parameters: the later one wins. */
function orderOf(workers: WorkerSettings): ReadonlyMap<string, number> {
  let order = orders.get(workers);
  if (!order) orders.set(workers, (order = new Map([...workers.parameters.keys()].map((of, index) => [of, index]))));
  return order;
}
