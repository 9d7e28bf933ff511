import { isBefore, type Version } from '../../../model/versions.ts';
import type { Certainty, Fact, HeaderOp, WebSocket, WebSocketGap } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { keepaliveByDefault, type HeaderSet } from './headers.ts';
import { lookUp, type Maps } from '../meaning/maps.ts';
import type { NginxScope } from '../meaning/scope.ts';
import { isFilledIn } from '../../../text/template/placeholder.ts';
import { bareVariables } from '../meaning/values.ts';

export interface ProxySettings {
  readonly scope: NginxScope;
  readonly headers: HeaderSet['headers'];
  readonly certainty: Certainty;
  readonly httpVersion: Fact<string>;
  readonly maps: Maps;
  readonly target: Version | undefined;
}

type Passing = 'yes' | 'no' | 'unknown';

const none: WebSocket = { state: 'none', missing: [] };
const cannotTell: WebSocket = { state: 'unknown', missing: [] };
const full: WebSocket = { state: 'full', missing: [] };

/** An upgrade passes with `Upgrade` and `Connection` set and HTTP/1.1 to the backend. */
export function webSocketOf(settings: ProxySettings): WebSocket {
  const { headers, maps, certainty } = settings;
  const upgrade = setHeader(headers, 'upgrade');
  const connection = setHeader(headers, 'connection');
  const upgradePasses = passes(upgrade, 'websocket', '$http_upgrade', maps);
  const connectionPasses = passes(connection, 'upgrade', '$http_connection', maps);
  const wants = upgradePasses !== 'no' || announces(connection, connectionPasses, maps);
  if (!wants) return certainty === 'unread' ? cannotTell : none;
  const missing: WebSocketGap[] = [];
  const half = (upgradePasses === 'no' ? connection : upgrade)!.origin as Directive;
  if (upgradePasses === 'no') missing.push(gap('upgrade-header', upgrade, half));
  if (connectionPasses === 'no') missing.push(gap('connection-header', connection, half));
  if (missing.length > 0 && certainty === 'unread') return cannotTell;
  const version = versionGap(settings, half);
  if (version === 'unknown') return missing.length > 0 ? { state: 'partial', missing } : cannotTell;
  if (version) missing.push(version);
  if (missing.length > 0) return { state: 'partial', missing };
  return upgradePasses === 'yes' && connectionPasses === 'yes' ? full : cannotTell;
}

function setHeader(headers: HeaderSet['headers'], name: string): HeaderOp | undefined {
  const op = headers.get(name);
  return op && op.origin !== 'default' ? op : undefined;
}

function passes(op: HeaderOp | undefined, token: string, own: string, maps: Maps): Passing {
  if (!op || op.action === 'unset' || typeof op.value !== 'string') return 'no';
  return maps.remember(`${token} ${op.value}`, () => valuePasses(op.value as string, token, own, maps));
}

function valuePasses(text: string, token: string, own: string, maps: Maps): Passing {
  const value = text.toLowerCase();
  if (value.includes(token) && !value.includes('$')) return 'yes';
  if (value.replace(/[{}]/g, '').includes(own)) return 'yes';
  const variable = variableOf(text);
  if (!variable) return isFilledIn(value) ? 'unknown' : 'no';
  const map = maps.get(variable);
  if (!map) return 'unknown';
  if (bareVariables(map.args[0]?.value ?? '') !== '$http_upgrade') return 'unknown';
  const mapped = lookUp(map, 'websocket');
  if (mapped === undefined || mapped.includes('$')) return 'unknown';
  return mapped.toLowerCase().includes(token) ? 'yes' : 'no';
}

/** A `Connection` that says "upgrade" by itself, or by a map made for it: someone meant to pass the upgrade on. */
function announces(connection: HeaderOp | undefined, passing: Passing, maps: Maps): boolean {
  if (!connection || passing !== 'yes' || typeof connection.value !== 'string') return false;
  const variable = variableOf(connection.value);
  return variable ? maps.get(variable) !== undefined : !connection.value.includes('$');
}

/** The name of the variable that the whole value is. */
function variableOf(value: string): string | undefined {
  return /^\$\{?(\w+)\}?$/.exec(value)?.[1];
}

function gap(what: WebSocketGap['what'], op: HeaderOp | undefined, half: Directive): WebSocketGap {
  const at = op ? (op.origin as Directive) : half;
  return {
    what,
    at,
    value: typeof op?.value === 'string' ? op.value : undefined,
    defaultSince: undefined,
    certainty: 'known',
  };
}

function versionGap(
  { scope, httpVersion, target }: ProxySettings,
  half: Directive,
): WebSocketGap | 'unknown' | undefined {
  if (httpVersion.origin !== 'default') {
    const { value, origin } = httpVersion;
    if (value === '1.1') return undefined;
    if (value !== '1.0') return 'unknown';
    return { what: 'http-version', at: origin, value, defaultSince: undefined, certainty: 'known' };
  }
  const certainty = scope.certainty('proxy_http_version');
  if (certainty === 'unread') return 'unknown';
  if (target && !isBefore(target, keepaliveByDefault)) return undefined;
  const defaultSince = target ? undefined : keepaliveByDefault;
  return { what: 'http-version', at: half, value: undefined, defaultSince, certainty };
}
