import { NginxScope } from '../meaning/scope.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Listener, Model, Route, Scope, VirtualHost } from '../../../model/model.ts';
import type { Place } from '../../../text/source.ts';
import type { Version } from '../../../model/versions.ts';
import type { Candidate } from '../../../model/candidate.ts';
import type { FileLookup, Outcome, TraceRequest, TraceStep } from '../../../model/trace.ts';
import type { UserVariable } from './definitions.ts';
import { passDirectives } from '../meaning/pass.ts';

/** What stays the same while a request is traced. */
export interface Setting {
  readonly config: Config;
  readonly model: Model;
  readonly version: Version;
  readonly request: TraceRequest;
  readonly files: FileLookup;
  readonly listener: Listener | undefined;
  /** The address that the connection went to; undefined: not known. */
  readonly address: string | undefined;
  /** Lower case, without port; what `$host` is made from. */
  readonly hostName: string;
  /** `map`, `geo`, `split_clients` and the like, by variable name. */
  readonly definitions: ReadonlyMap<string, UserVariable>;
  /** Names of variables that directives assign which are not traced. */
  readonly assignedElsewhere: ReadonlySet<string>;
  /** Serves a subrequest (`phases.ts`). */
  readonly serve: (state: State) => Outcome;
  /** Looks a variable up (`variables.ts`); a field, as variables are made of values that hold variables. */
  readonly variable: (state: State, name: string) => string;
}

/** The counterpart of `ngx_http_request_t`: what changes on a request's way. */
export interface State {
  readonly setting: Setting;
  virtualHost: VirtualHost;
  /** Address of the client, as trusted proxies tell it; undefined: not known. */
  client: string | undefined;
  realIpApplied: boolean;
  /** A request of nginx itself beside the client's, for which access is not checked. */
  readonly isSubrequest: boolean;
  /** The body was thrown away, so that its size is not checked any more. */
  bodyDiscarded: boolean;
  method: string;
  path: string;
  args: string;
  /** The request target as sent, while it still names the URI. */
  rawTargetValid: boolean;
  quoted: boolean;
  plus: boolean;
  internal: boolean;
  /** False after `rewrite ... break`: proxy_pass no longer replaces the location's prefix. */
  locationValid: boolean;
  uriChanged: boolean;
  uriChangesLeft: number;
  /** Undefined: no location matched, the server level serves. */
  route: Route | undefined;
  /** Whose settings are in force: the server's, a location's, or a true `if`'s. */
  scope: Scope;
  /** A pass directive of the location, or of a true `if`, became the content handler; a later `if` does not undo that. */
  handlerTaken: boolean;
  captures: readonly string[];
  /** Values of `set` variables, named captures, and cached maps. */
  readonly variables: Map<string, string>;
  /** How many variables are being computed, each for the one before. */
  variableDepth: number;
  errorStatus: number | undefined;
  errorPageUsed: boolean;
  locationHeader: string | undefined;
  readonly steps: TraceStep[];
  candidates: Candidate[];
  locationReason: string;
  readonly unknowns: string[];
}

export const maxUriChanges = 11;

/** Puts the settings of a location, `if` or `limit_except` in force. */
export function useScope(state: State, scope: Scope): void {
  state.scope = scope;
  const handler = lastHandler(scope);
  if (handler) state.handlerTaken = isPass(handler.key);
}

/** Each handler of content takes the place of the one before; the last that is written on a level counts. */
export function lastHandler(scope: Scope): Directive | undefined {
  if (!(scope instanceof NginxScope)) return undefined;
  let last = lastHandlers.get(scope);
  if (last === undefined) {
    last = scope.directives.findLast(({ key }) => isPass(key) || pageKeys.has(key)) ?? null;
    lastHandlers.set(scope, last);
  }
  return last ?? undefined;
}

/** Null: there is none. A server may have thousands of directives, and be asked about each of them. */
const lastHandlers = new WeakMap<NginxScope, Directive | null>();

function isPass(key: string): boolean {
  return key === 'tunnel_pass' || passDirectives.has(key);
}

const pageKeys: ReadonlySet<string> = new Set(['stub_status', 'empty_gif']);

export function step(state: State, text: string, place?: Place, does?: TraceStep['does']): void {
  state.steps.push({ text, place, ...(does && { does }) });
}
