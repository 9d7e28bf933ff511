/**
 * What a config means, the same for nginx and httpd. Built by `lower/`, read by rules.
 *
 * Whatever cannot be known from the text (a variable, an unresolved include, a template placeholder) is
 * `unknown`; a rule that meets it stays silent or lowers its confidence.
 */
import type { Dialect, Directive, Word } from '../syntax/tree.ts';

export const unknown: unique symbol = Symbol('unknown');
export type Unknown = typeof unknown;

/**
 * A value with its reason. `origin` is the directive that set it; `default` where the server's default holds.
 * `inherited`: set on an outer level than the one that was asked.
 */
export interface Fact<T> {
  readonly value: T | Unknown;
  readonly origin: Directive | 'default';
  readonly inherited: boolean;
}

export interface Model {
  readonly dialect: Dialect;
  readonly listeners: readonly Listener[];
  /** HTTP virtual hosts in the order of the config; httpd: the main server first, if it serves anything. */
  readonly virtualHosts: readonly VirtualHost[];
  readonly upstreams: readonly Upstream[];
  /**
   * TLS settings of levels above the virtual hosts, for virtual hosts that were not seen (a fragment, an unresolved include);
   * empty where all were seen.
   */
  readonly outerTls: readonly Tls[];
}

/** An address and port on which some virtual hosts answer. */
export interface Listener {
  /** `*`, an IPv4 address, `[::]`, `[addr]`, a host name, or `unix:/path`. */
  readonly address: string;
  readonly port: number | Unknown;
  readonly tls: boolean;
  readonly http2: boolean;
  readonly http3: boolean;
  readonly proxyProtocol: boolean;
  /** In the order of the config. */
  readonly virtualHosts: readonly VirtualHost[];
  /** The virtual host that answers for unknown names: the explicit default, else the first. */
  readonly defaultHost: VirtualHost;
  /** The word (nginx `default_server`) that makes it so; undefined: it is only the first. */
  readonly explicitDefault: Word | undefined;
  /** One directive a virtual host: nginx `listen`, httpd `<VirtualHost>`; none where nginx adds its default port. */
  readonly directives: readonly Directive[];
}

export interface ServerName {
  readonly text: string;
  readonly kind: 'exact' | 'leading-wildcard' | 'trailing-wildcard' | 'wildcard' | 'regex' | 'unknown';
  readonly directive: Directive;
  readonly word: Word;
  /** httpd: the name of the main server, which a virtual host of any address has that gives itself none. */
  readonly inherited?: true;
}

export interface VirtualHost {
  /** nginx `server`, httpd `<VirtualHost>`; undefined for the httpd main server and for a fragment below this level. */
  readonly directive: Directive | undefined;
  readonly names: readonly ServerName[];
  readonly listeners: readonly Listener[];
  readonly tls: Tls;
  /** All routes, outer before inner, in the order of the config; nested ones too. */
  readonly routes: readonly Route[];
  /**
   * True when every request arrives over TLS, false when none does, unknown when it cannot be told (no listener seen, or both
   * kinds on one virtual host, or TLS ended by something in front).
   */
  readonly overTls: boolean | Unknown;
  /** What holds for requests that no route takes. */
  readonly scope: Scope;
}

export interface Tls {
  readonly enabled: boolean | Unknown;
  /** Versions in the server's spelling (`TLSv1.2`), oldest first. */
  readonly protocols: Fact<readonly string[]>;
  /** The words that switched each enabled version on; empty for a default. */
  readonly protocolWords: readonly { readonly version: string; readonly word: Word; readonly directive: Directive }[];
  /**
   * Where it is certain that nothing is set: what the server's versions enable by themselves, one entry where the target version
   * decides; else empty.
   */
  readonly defaults: readonly TlsDefault[];
  readonly ciphers: Fact<string>;
  readonly certificates: readonly Directive[];
  /** Undefined for the settings of an outer level, see {@link Model.outerTls}. */
  readonly virtualHost: VirtualHost | undefined;
}

export interface TlsDefault {
  /** The versions with this default, as a reader would say it: `nginx 1.23.4 to 1.27.2`. */
  readonly versions: string;
  readonly protocols: readonly string[];
}

/**
 * A level whose settings can be asked for: nginx http, server, location, if, limit_except; httpd server, virtual host
 * and the sections merged over it. Asking resolves inheritance by the facts of the directive.
 */
export interface Scope {
  /** The directive that opens it; undefined for the top of the config. */
  readonly directive: Directive | undefined;
  readonly outer: Scope | undefined;
  /** The directives of this key that are in force here, with the level they come from; empty when the default holds. */
  effective(key: string): readonly Directive[];
  /** Those written on this very level. */
  own(key: string): readonly Directive[];
  /** The keys of all directives on this level and those around it. */
  keys(): ReadonlySet<string>;
  /** True when something on this very level could not be read (an unresolved include), so that absence proves nothing. */
  readonly open: boolean;
  /** Whether `effective(key)` is all there is. */
  certainty(key: string): Certainty;
}

/**
 * `known`: the text decides. `surroundings`: the level around the virtual hosts, which this fragment lacks, may say otherwise; it
 * seldom does. `unread`: an include that could not be read may, or the virtual host around a piece of one.
 */
export type Certainty = 'known' | 'surroundings' | 'unread';

export type MatchKind = 'prefix' | 'prefix-noregex' | 'exact' | 'regex' | 'named' | 'condition' | 'all';

export interface Match {
  readonly kind: MatchKind;
  /** The path or pattern; the condition's text for `condition`; empty for `all`. */
  readonly pattern: string;
  readonly caseInsensitive: boolean;
  /** True: the pattern is one of `fnmatch`, no regular expression. */
  readonly isWildcard?: true;
}

/**
 * Something that takes requests: an nginx location (or `if`, `limit_except`, or the server level itself where it has a handler);
 * an httpd ProxyPass, ProxyPassMatch, RewriteRule with [P], Redirect, Alias, or Location section.
 */
export interface Route {
  readonly directive: Directive;
  readonly match: Match;
  readonly virtualHost: VirtualHost;
  readonly parent: Route | undefined;
  readonly handler: Handler;
  readonly scope: Scope;
  /** What a backend receives; undefined when the handler is no proxy. */
  readonly backend: Backend | undefined;
  /** What answers every request before this route is looked at (nginx: an unconditional `return` of the server); undefined: nothing. */
  readonly preemptedBy: Directive | undefined;
  /** What must hold besides the match: httpd's RewriteCond lines. */
  readonly conditions: readonly Directive[];
  /** True where clients are turned away and only internal redirects and subrequests get through (nginx `internal`). */
  readonly internal: boolean;
}

export type Handler =
  | { readonly kind: 'proxy'; readonly protocol: ProxyProtocol; readonly target: Target; readonly directive: Directive }
  | {
      readonly kind: 'redirect' | 'return';
      readonly status: number | Unknown;
      readonly to: Word | undefined;
      readonly directive: Directive;
    }
  | { readonly kind: 'deny'; readonly directive: Directive }
  | { readonly kind: 'static' }
  | { readonly kind: 'unknown' };

export type ProxyProtocol =
  | 'http'
  | 'websocket'
  | 'fastcgi'
  | 'uwsgi'
  | 'scgi'
  | 'grpc'
  | 'ajp'
  | 'memcached'
  | 'ftp'
  | 'unknown';

/** Where a proxy sends the request. */
export interface Target {
  readonly word: Word;
  readonly scheme: string | Unknown;
  /** Host as written, without port; the group's name where it names an upstream or balancer. */
  readonly host: string | Unknown;
  readonly port: number | Unknown | undefined;
  /** The path part, if one is written. */
  readonly path: string | Unknown | undefined;
  readonly upstream: Upstream | undefined;
}

export interface Backend {
  /** Headers by lower-cased name, as the backend receives them. A header not listed is passed on from the client. */
  readonly headers: ReadonlyMap<string, HeaderOp>;
  /**
   * Headers set on an outer level that an inner level drops (nginx's all-or-nothing inheritance), and the inner directive
   * that drops them.
   */
  readonly lost: readonly HeaderOp[];
  readonly lostBy: Directive | undefined;
  readonly websocket: WebSocket;
  readonly httpVersion: Fact<string>;
  /** The level whose directives set the headers; undefined when only defaults are sent. Routes that share it share the cure. */
  readonly setBy: Scope | undefined;
  /** Whether `headers` is all that is set. */
  readonly certainty: Certainty;
}

export interface HeaderOp {
  readonly name: string;
  /** `unset`: the backend does not receive it. `add`: in addition to the client's. */
  readonly action: 'set' | 'add' | 'append' | 'unset';
  readonly value: string | Unknown;
  readonly origin: Directive | 'default';
}

/**
 * `full`: an upgrade passes; `none`: nothing passes it on; `partial`: something does half of it, `missing` says what is missing;
 * `unknown`: cannot be told.
 */
export interface WebSocket {
  readonly state: 'full' | 'none' | 'partial' | 'unknown';
  readonly missing: readonly WebSocketGap[];
}

export interface WebSocketGap {
  readonly what: 'upgrade-header' | 'connection-header' | 'http-version';
  /** The directive that sets the wrong value, else one that does its half of the upgrade. */
  readonly at: Directive;
  /** What is sent instead; undefined: nothing. */
  readonly value: string | undefined;
  /** The server version since which its default fills the gap, where no target version decides. */
  readonly defaultSince: string | undefined;
  /** `surroundings` where the missing level around the virtual host may fill it. */
  readonly certainty: Certainty;
}

export interface Upstream {
  readonly name: string;
  readonly directive: Directive;
  readonly servers: readonly UpstreamServer[];
}

export interface UpstreamServer {
  readonly directive: Directive;
  readonly address: Word;
}
