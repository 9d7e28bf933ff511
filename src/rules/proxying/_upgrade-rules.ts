/** Rewrite rules of httpd that hand requests on, those of WebSockets and others. */
import { regexPaths, everything } from '../../servers/apache/meaning/paths.ts';
import { unknown, type Route, type Target } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';

/** More than whether a WebSocket is asked for. */
export function asksForMore({ args }: Directive): boolean {
  return !/^%\{HTTP:(?:Upgrade|Connection)\}$/i.test(args[0]?.value ?? '');
}

/** A listed path, other than the root, of a backend at another address. */
export function isPathElsewhere({ directive, match, handler }: Route, { host, port }: Target): boolean {
  if (directive.key !== 'proxypass' || match.kind !== 'prefix' || match.pattern === '/') return false;
  if (handler.kind !== 'proxy' || handler.protocol !== 'http') return false;
  const { target } = handler;
  if ([host, port, target.host, target.port].includes(unknown) || target.upstream) return false;
  return host !== target.host || port !== target.port;
}

export function isProxyRule({ directive, handler }: Route): boolean {
  return directive.key === 'rewriterule' && handler.kind === 'proxy';
}

export function isHttp({ handler }: Route): boolean {
  return handler.kind === 'proxy' && handler.protocol === 'http' && handler.target.scheme !== unknown;
}

export function isEverything({ match }: Route): boolean {
  return match.kind === 'regex' && regexPaths(match.pattern) === everything;
}

/** An unconditional rule to HTTP with a pattern that matches wherever that of the other one does. */
export function takesAllOf(rule: Route, other: Route): boolean {
  return (
    isHttp(rule) &&
    rule.conditions.length === 0 &&
    (isEverything(rule) || (rule.match.kind === 'regex' && rule.match.pattern === other.match.pattern))
  );
}

/** Whether a rule to ws:// takes the requests of another one without asking for an upgrade. */
export function takesPlain(rule: Route, other: Route): boolean {
  const { handler, conditions, match } = rule;
  if (handler.kind !== 'proxy' || handler.protocol !== 'websocket' || conditions.length > 0) return false;
  return isEverything(rule) || match.pattern === other.match.pattern;
}
