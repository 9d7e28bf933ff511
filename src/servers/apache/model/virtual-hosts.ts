import {
  unknown,
  type Listener,
  type Route,
  type ServerName,
  type Tls,
  type Unknown,
  type VirtualHost,
} from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import type { Item } from '../meaning/levels.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import { readServerName } from '../meaning/server-name.ts';
import { hostAddresses, isAnyAddress, type SocketAddress } from '../meaning/socket-address.ts';
import { readTls } from './tls.ts';

/** A virtual host. Its TLS settings and routes are read when they are asked for, after all hosts and their listeners are known. */
export class HostDraft implements VirtualHost {
  readonly directive: Directive | undefined;
  readonly scope: ApacheScope;
  readonly names: readonly ServerName[];
  /** False where a condition around decides whether the server has it. */
  readonly certain: boolean;
  readonly listeners: Listener[] = [];
  /** Left out by who asks for names and settings only. */
  readRoutes: ((host: HostDraft) => readonly Route[]) | undefined;
  readonly #environment: Environment;
  #routes: readonly Route[] | undefined;
  #tls: Tls | undefined;
  #addresses: readonly SocketAddress[] | undefined;

  constructor(scope: ApacheScope, environment: Environment, certain = true) {
    this.certain = certain;
    this.directive = scope.directive;
    this.scope = scope;
    this.names = readNames(scope, environment);
    this.#environment = environment;
  }

  /** Those that its opening tag names. */
  get addresses(): readonly SocketAddress[] {
    return (this.#addresses ??= this.directive ? hostAddresses(this.directive, this.#environment) : []);
  }

  get tls(): Tls {
    return (this.#tls ??= readTls(this.scope, this.#environment, this));
  }

  get overTls(): boolean | Unknown {
    return isOverTls(this);
  }

  get routes(): readonly Route[] {
    return (this.#routes ??= this.readRoutes?.(this) ?? []);
  }
}

/** Of ServerName the last one counts; a ServerAlias is compared as it stands, its port too. */
function readNames(scope: ApacheScope, environment: Environment): ServerName[] {
  const own = scope.level.named('servername').at(-1);
  const name = own ? nameOf(own, environment) : inheritedName(scope, environment);
  const aliases = scope.level
    .named('serveralias')
    .flatMap(({ directive }) => directive.args.map((word) => aliasOf(directive, word, environment)));
  return name ? [name, ...aliases] : aliases;
}

function nameOf({ directive }: Item, environment: Environment): ServerName | undefined {
  const [word] = directive.args;
  if (!word) return undefined;
  const text = environment.text(word);
  if (text === unknown) return { text: word.value, kind: 'unknown', directive, word };
  return { text: readServerName(text).host, kind: 'exact', directive, word };
}

function aliasOf(directive: Directive, word: Word, environment: Environment): ServerName {
  const text = environment.text(word);
  return text === unknown
    ? { text: word.value, kind: 'unknown', directive, word }
    : { text, kind: kindOf(text), directive, word };
}

/**
 * Without a ServerName of its own, a virtual host of which one address is `*` has that of the main server (`ap_fini_vhost_config`); others have
 * the name that the address has.
 */
function inheritedName({ directive, outer, level }: ApacheScope, environment: Environment): ServerName | undefined {
  const item = outer?.level.named('servername').at(-1);
  if (!item || !directive || level.open) return undefined;
  if (!hostAddresses(directive, environment).some(({ address }) => isAnyAddress(address))) return undefined;
  const name = nameOf(item, environment);
  return name && { ...name, kind: item.certain ? name.kind : 'unknown', inherited: true };
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
function isOverTls(host: HostDraft): boolean | Unknown {
  if (host.tls.enabled !== false) return host.tls.enabled;
  return host.listeners.length > 0 && host.listeners.every(({ port }) => port === 80) ? false : unknown;
}
