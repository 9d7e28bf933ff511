import { unknown, type HeaderOp, type Target, type Unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import type { Item } from '../meaning/levels.ts';
import { hostHeader } from '../meaning/target.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import { isOn, isOff } from '../meaning/settings.ts';

const known = new WeakMap<ApacheScope, Map<string | Unknown, ReadonlyMap<string, HeaderOp>>>();

/** The headers of a request to an HTTP backend, by lower-cased name, that differ from what the client sent. */
export function requestHeaders(
  scope: ApacheScope,
  target: Target,
  environment: Environment,
): ReadonlyMap<string, HeaderOp> {
  const host = hostHeader(target);
  let byHost = known.get(scope);
  if (!byHost) known.set(scope, (byHost = new Map()));
  let headers = byHost.get(host);
  if (!headers) byHost.set(host, (headers = readHeaders(scope, host, environment)));
  return headers;
}

function readHeaders(scope: ApacheScope, host: string | Unknown, environment: Environment): Map<string, HeaderOp> {
  const headers = new Map<string, HeaderOp>();
  for (const item of [...scope.items('requestheader')].sort(earlyFirst)) apply(headers, item, environment);
  addHost(headers, scope, host);
  addForwarded(headers, scope);
  return headers;
}

/** `early` operations run before all others; the sort is stable. */
function earlyFirst(a: Item, b: Item): number {
  return Number(isEarly(b.directive)) - Number(isEarly(a.directive));
}

function isEarly(directive: Directive): boolean {
  return directive.args.at(-1)?.value.toLowerCase() === 'early';
}

/** One `RequestHeader action name [value [replacement]] [early|env=[!]name|expr=condition]`. */
function apply(headers: Map<string, HeaderOp>, item: Item, environment: Environment): void {
  const { directive } = item;
  const [action, nameWord, valueWord, ...rest] = directive.args;
  const name = nameWord && environment.text(nameWord);
  if (!action || name === undefined || name === unknown) return;
  const key = name.replace(/:$/, '').toLowerCase();
  const before = headers.get(key);
  const verb = action.value.toLowerCase();
  const conditional =
    !item.certain || (verb === 'unset' ? isCondition(valueWord?.value) : isCondition(rest.at(-1)?.value));
  const written = valueWord && environment.text(valueWord);
  const value = conditional || written === undefined ? unknown : written;
  const op = (kind: HeaderOp['action'], text: string | Unknown = value): HeaderOp => ({
    name: name.replace(/:$/, ''),
    action: kind,
    value: text,
    origin: directive,
  });
  switch (verb) {
    case 'set':
      headers.set(key, op('set'));
      break;
    case 'unset':
      if (!conditional) headers.set(key, op('unset', ''));
      else if (before) headers.set(key, { ...before, value: unknown });
      break;
    case 'add':
    case 'append':
    case 'merge':
      // To a value that was set before, this adds; the client's is gone then.
      headers.set(
        key,
        op(
          before?.action === 'set' || before?.action === 'unset' ? 'set' : verb === 'add' ? 'add' : 'append',
          before ? unknown : value,
        ),
      );
      break;
    case 'setifempty':
      // What was there before stays; the client's too.
      if (!before) headers.set(key, op('add'));
      else if (before.action === 'unset') headers.set(key, op('set'));
      break;
    case 'edit':
    case 'edit*':
      headers.set(key, op(before?.action ?? 'add', unknown));
      break;
  }
}

function isCondition(text: string | undefined): boolean {
  return text !== undefined && /^(?:env|expr)=/i.test(text);
}

/** Host is the backend's own unless ProxyPreserveHost is on; RequestHeader changes only the preserved one. */
function addHost(headers: Map<string, HeaderOp>, scope: ApacheScope, host: string | Unknown): void {
  const preserve = scope.setting('proxypreservehost');
  const set = headers.get('host');
  if (preserve && isOn(preserve.directive)) {
    if (!set)
      headers.set('host', {
        name: 'Host',
        action: 'set',
        value: preserve.certain ? '%{HTTP_HOST}' : unknown,
        origin: preserve.directive,
      });
    return;
  }
  headers.set('host', {
    name: 'Host',
    action: 'set',
    value: scope.certainty('proxypreservehost') === 'unread' ? unknown : host,
    origin: preserve?.directive ?? 'default',
  });
}

const forwarded: readonly (readonly [name: string, value: string])[] = [
  ['X-Forwarded-For', '%{REMOTE_ADDR}'],
  ['X-Forwarded-Host', '%{HTTP_HOST}'],
  ['X-Forwarded-Server', '%{SERVER_NAME}'],
];

/** ProxyAddHeaders appends these to what is there when RequestHeader has run. */
function addForwarded(headers: Map<string, HeaderOp>, scope: ApacheScope): void {
  const setting = scope.setting('proxyaddheaders');
  if (setting?.certain && isOff(setting.directive)) return;
  const origin = setting?.directive ?? 'default';
  for (const [name, value] of forwarded) {
    const before = headers.get(name.toLowerCase());
    if (!before) headers.set(name.toLowerCase(), { name, action: 'append', value, origin });
    else if (before.action === 'unset')
      headers.set(name.toLowerCase(), { name, action: 'set', value, origin: before.origin });
    else headers.set(name.toLowerCase(), { ...before, value: unknown });
  }
}
