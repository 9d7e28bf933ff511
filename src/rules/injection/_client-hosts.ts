/** Hosts that a client names. */
import type { Severity } from '../finding.ts';
import type { Route, VirtualHost } from '../../model/model.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

/** An address and what follows it, another port for instance, needs no resolver. */
export function isAddress(host: string | undefined): boolean {
  return host !== undefined && /^\d+(?:\.\d+){3}$/.test(host);
}

export const nothing: ReadonlySet<string> = new Set();

export const hostVariables: ReadonlySet<string> = new Set(['host', 'http_host']);

/** True if only requests for names that the config lists get here. */
export function namesAreFixed(host: VirtualHost): boolean {
  if (host.listeners.length === 0 || host.names.length === 0) return false;
  if (host.listeners.some(({ defaultHost }) => defaultHost === host)) return false;
  return host.names.every(({ kind, text }) => kind !== 'regex' && kind !== 'unknown' && text !== '');
}

/** Where a login or an address list stands before it, only those admitted can abuse it. */
export function severityOf({ scope }: Route): Severity {
  const limited =
    scope.effective('deny').length > 0 ||
    scope.effective('auth_request').some((directive) => !isOff(directive)) ||
    scope.effective('auth_basic').some((directive) => !isOff(directive)) ||
    scope.effective('require').some(({ args }) => args.map(({ value }) => value).join(' ') !== 'all granted');
  return limited ? 'warning' : 'error';
}
