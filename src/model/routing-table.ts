/** The routing table of a config: what a reader wants to see of its {@link Model}. */
import { unknown, type Handler, type Listener, type Model, type Route, type Scope, type VirtualHost } from './model.ts';
import type { Place } from '../text/source.ts';
import { headerOf, type Dialect } from '../syntax/tree.ts';

export interface RoutingTable {
  readonly dialect: Dialect;
  readonly path: string;
  readonly rows: readonly RouteRow[];
}

export interface RouteRow {
  /** `*:443 tls http2`, one entry an address. */
  readonly listeners: readonly string[];
  /** Names of the virtual host, or in the TLS handshake; `(any)` where there are none. */
  readonly host: string;
  /** Whether it gets what is for nobody else; sslh: what says nothing in time. */
  readonly isDefault: boolean;
  readonly tls: boolean | undefined;
  /** As the config writes the match: `= /a`, `~ \.php$`; `(all)` for the virtual host itself. */
  readonly match: string;
  readonly action: string;
  /** Servers behind the target, where it names a group. */
  readonly upstream: readonly string[];
  /** Who may come in: `all`, or the rules in force. */
  readonly access: string;
  readonly place: Place;
}

export function routingTable(model: Model, path: string): RoutingTable {
  const rows = model.virtualHosts.flatMap((host) => shownRoutes(host).map(({ row }) => row));
  return { dialect: model.dialect, path, rows };
}

/** The rows of one virtual host. */
export function shownRoutes(host: VirtualHost): { readonly route: Route; readonly row: RouteRow }[] {
  return host.routes.filter(isShown).map((route) => ({ route, row: rowOf(host, route) }));
}

/** Its names, as rows have them. */
export function hostText({ names }: VirtualHost): string {
  return names.map((name) => name.text).join(' ') || '(any)';
}

export function answersUnknownNames(host: VirtualHost): boolean {
  return host.listeners.some((listener) => listener.defaultHost === host);
}

/** A level that only changes settings has no row of its own. */
function isShown({ handler, match, directive }: Route): boolean {
  if (match.kind === 'condition') return handler.kind !== 'static' && handler.kind !== 'unknown';
  return handler.kind !== 'static' || directive.key === 'location' || directive.key === 'alias';
}

function rowOf(host: VirtualHost, route: Route): RouteRow {
  const place = headerOf(route.directive);
  return {
    listeners: host.listeners.map(listenerText),
    host: hostText(host),
    isDefault: answersUnknownNames(host),
    tls: host.tls.enabled === unknown ? undefined : host.tls.enabled,
    match: matchText(route),
    action: actionText(route.handler),
    upstream:
      route.handler.kind === 'proxy'
        ? (route.handler.target.upstream?.servers ?? []).map(({ address }) => address.value)
        : [],
    access: route.internal ? 'internal' : accessText(route.scope),
    place,
  };
}

export function listenerText(listener: Listener): string {
  const port = listener.port === unknown ? '?' : listener.port;
  const flags = [
    listener.tls && 'tls',
    listener.http2 && 'http2',
    listener.http3 && 'http3',
    listener.proxyProtocol && 'proxy_protocol',
  ].filter(Boolean);
  const address = listener.address.startsWith('unix:') ? listener.address : `${listener.address}:${port}`;
  return [address, ...flags].join(' ');
}

const modifiers = {
  exact: '= ',
  'prefix-noregex': '^~ ',
  regex: '~ ',
  prefix: '',
  named: '',
  condition: 'if ',
  all: '',
} as const;

function matchText({ match }: Route): string {
  if (match.kind === 'all') return '(all)';
  const modifier = match.kind === 'regex' && match.caseInsensitive ? '~* ' : modifiers[match.kind];
  return modifier + match.pattern;
}

function actionText(handler: Handler): string {
  switch (handler.kind) {
    case 'proxy':
      return `${handler.protocol === 'http' ? 'proxy' : handler.protocol} ${handler.target.word.value}`;
    case 'redirect':
      return `redirect ${statusText(handler.status)}${handler.to ? ` ${handler.to.value}` : ''}`;
    case 'return':
      return `return ${statusText(handler.status)}`;
    case 'deny':
      return 'deny';
    case 'static':
      return 'files';
    case 'unknown':
      return 'unknown';
  }
}

function statusText(status: number | typeof unknown): string {
  return status === unknown ? '?' : String(status);
}

/** Directives that let in or keep out, in the order of their weight. */
const accessKeys = [
  'deny',
  'allow',
  'auth_basic',
  'auth_request',
  'auth_jwt',
  'require',
  'requireall',
  'requireany',
  'order',
  'authtype',
];

function accessText(scope: Scope): string {
  const rules = accessKeys
    .flatMap((key) => scope.effective(key))
    .filter((directive) => directive.args[0]?.value !== 'off')
    .map((directive) => [directive.name.value, ...directive.args.map((word) => word.value)].join(' '));
  if (scope.open) rules.push('and what was not read');
  return rules.join('; ') || 'all';
}
