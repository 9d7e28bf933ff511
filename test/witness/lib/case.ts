/** What a witness says: a config in which a rule finds something, and what the running server then does. */
import type { ConnectionOptions } from 'node:tls';

/** Configs stand as their authors would write them; each server says how they are played. */
export interface WitnessCase<Asked = Request, Shown = Shows> {
  readonly rule: string;
  readonly messageId: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The version of the server with which the behaviour begins. */
  readonly since?: string;
  /** And the one with which it ends. */
  readonly until?: string;
  readonly config: string;
  /** Sent before, whatever the answer. */
  readonly before?: Asked;
  /** Undefined: nothing is sent. */
  readonly request?: Asked;
  readonly shows: Shown;
  /**
   * The remedy, or what only looks like the mistake: the rule is silent, and the server does something else.
   * Without a config it is what the fixes of the rule make.
   */
  readonly fixed?: { readonly config?: string; readonly shows: Shown };
}

export interface Request {
  /** As in the config; 80 by default, 443 with `tls`. */
  readonly port?: number;
  readonly method?: string;
  /** `/` by default. */
  readonly target?: string;
  /** Host is `example.com` by default, Connection `close`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes. */
  readonly bodySize?: number;
  readonly tls?: ConnectionOptions & { readonly requestOCSP?: boolean };
  /** Needs `tls`. */
  readonly http2?: boolean;
  /** The request asks for an upgrade to HTTP/2; what counts is the answer to this path in the new connection. */
  readonly throughUpgrade?: string;
  /** Connections that are opened before and stay idle. */
  readonly idle?: number;
  /** The client reads nothing, and closes the connection after half a second. */
  readonly isStuck?: boolean;
}

type Expected = string | number | boolean | RegExp | undefined;

/** What is not named may be anything; undefined: it is not there. */
export interface Shows {
  readonly status?: number | undefined;
  /** By lower-case name; the values of several headers of one name are joined by ", ". */
  readonly headers?: Readonly<Record<string, Expected>>;
  readonly body?: Expected;
  /** What the backend received; FastCGI has `params` instead of the rest. */
  readonly backend?:
    | {
        readonly uri?: Expected;
        readonly version?: Expected;
        readonly headers?: Readonly<Record<string, Expected>>;
        readonly params?: Readonly<Record<string, Expected>>;
        readonly serverName?: Expected;
      }
    | undefined;
  readonly tls?: Readonly<Partial<Record<'protocol' | 'cipher' | 'hasTicket' | 'dhBits', Expected>>>;
  /** Why there is no answer. */
  readonly error?: Expected;
  /** Content of files in the folder of the server; undefined: not there. Its own are `error.log`, `access.log` and `stderr`. */
  readonly files?: Readonly<Record<string, Expected>>;
  /** Why the server does not start. */
  readonly refused?: RegExp;
}
