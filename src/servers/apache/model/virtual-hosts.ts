import {
  unknown,
  type Listener,
  type Route,
  type ServerName,
  type Tls,
  type Unknown,
  type VirtualHost,
} from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import { readServerName } from '../meaning/server-name.ts';

/** A virtual host; what depends on the other hosts is filled in after all were read. */
export class HostDraft implements VirtualHost {
  readonly directive: Directive | undefined;
  readonly scope: ApacheScope;
  readonly names: readonly ServerName[];
  /** False where a condition around decides whether the server has it. */
  readonly certain: boolean;
  listeners: Listener[] = [];
  routes: readonly Route[] = [];
  overTls: boolean | Unknown = unknown;
  tls!: Tls;

  constructor(scope: ApacheScope, environment: Environment, certain = true) {
    this.certain = certain;
    this.directive = scope.directive;
    this.scope = scope;
    this.names = readNames(scope, environment);
  }
}

function readNames(scope: ApacheScope, environment: Environment): ServerName[] {
  const names: ServerName[] = [];
  const name = scope.level.named('servername').at(-1)?.directive;
  const add = (directive: Directive, index: number, isAlias: boolean): void => {
    const word = directive.args[index]!;
    const text = environment.text(word);
    if (text === unknown) names.push({ text: word.value, kind: 'unknown', directive, word });
    else names.push({ text: readServerName(text).host, kind: isAlias ? kindOf(text) : 'exact', directive, word });
  };
  if (name?.args[0]) add(name, 0, false);
  for (const { directive } of scope.level.named('serveralias'))
    for (const index of directive.args.keys()) add(directive, index, true);
  return names;
}

function kindOf(text: string): ServerName['kind'] {
  if (!/[*?]/.test(text)) return 'exact';
  if (/^\*\.[^*?]+$/.test(text)) return 'leading-wildcard';
  return /^[^*?]+\.\*$/.test(text) ? 'trailing-wildcard' : 'wildcard';
}

/**
 * Port 80 without TLS is met by browsers themselves. Any other port without TLS may stand behind something that ends TLS
 * (sslh, a load balancer).
 */
export function isOverTls(host: HostDraft): boolean | Unknown {
  if (host.tls.enabled !== false) return host.tls.enabled;
  return host.listeners.length > 0 && host.listeners.every(({ port }) => port === 80) ? false : unknown;
}
