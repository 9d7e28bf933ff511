/** What is played: an application, its good form, and single parts of it broken. */

/**
 * The parts of a config. nginx: `host` Host $http_host, `scheme` X-Forwarded-Proto, `upgrade` the three lines, `body` the size,
 * `slash` a URI in proxy_pass. httpd: ProxyPreserveHost, RequestHeader, upgrade=websocket; bodies have no limit there.
 */
export interface Parts {
  readonly host?: '$http_host' | '$host';
  readonly scheme?: boolean;
  readonly upgrade?: boolean;
  readonly body?: string;
  readonly slash?: boolean;
  /** Where the application stands. */
  readonly prefix?: string;
  /** Paths that are answered with 404. */
  readonly closed?: readonly string[];
  /** Seconds. */
  readonly timeout?: number;
  /** False: httpd refuses encoded slashes, as it does by default. */
  readonly encodedSlashes?: boolean;
  /** False: nginx does not set X-Forwarded-For; httpd always does. */
  readonly address?: boolean;
}

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes. */
  readonly size?: number;
  readonly upgrade?: boolean;
  /** Waits this many milliseconds after an upgrade, to see whether the connection stays. */
  readonly stays?: number;
  /** `@COUNT@` is another number each time. */
  readonly form?: string;
  /** A body as it is, `@COUNT@` as in a form. */
  readonly text?: string;
  /** The cookie whose value goes into the header X-CSRFToken. */
  readonly token?: string;
  /** A path of the same origin. */
  readonly referer?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The connection ended: after an upgrade while it should stay, or before the body was whole. */
  readonly isCut: boolean;
}

export interface Broken {
  readonly name: string;
  /** Left out: that of the application. */
  readonly good?: Parts;
  readonly parts: Parts;
  /** Sent first through the proxy; the cookies of its answer go with the request. */
  readonly login?: Ask;
  readonly ask: Ask;
  /** What is seen when it is broken; in the good form it is not. `origin`: scheme, name and port of the client. */
  readonly symptom: (answer: Answer, origin: string) => boolean;
  readonly rule: string;
  readonly servers?: readonly ('nginx' | 'apache')[];
}

export interface Played {
  readonly id: string;
  /** What is set in it, where it is played in several ways. */
  readonly label?: string;
  /** Those of Debian 12 and of npm. */
  readonly packages: string;
  /** Whether CI has it: what installs in seconds. */
  readonly isInCi: boolean;
  /** Whether it is installed. */
  readonly program: string;
  readonly start: (
    folder: string,
    port: number,
    origin: string,
  ) => { command: readonly string[]; env?: Record<string, string> };
  readonly ready: string;
  /** Sent to the application before the requests. */
  readonly prepare?: readonly Ask[];
  readonly good: Parts;
  readonly broken: readonly Broken[];
}
