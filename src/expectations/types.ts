/** What a file of expectations says: requests, and what the servers must do with them. */
import type { RequestToTrace } from '../lint/request.ts';
import type { Position } from '../text/source.ts';

/** What a value must be; null: there must be none. A bare value stands for `is`. */
export type Wanted = string | number | boolean | null | WantedValue;

export interface WantedValue {
  readonly is?: string | number | null;
  readonly not?: string | number | null;
  readonly oneOf?: readonly (string | number)[];
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  /** A regular expression of JavaScript. */
  readonly matches?: string;
  /** Whether there must be one. */
  readonly set?: boolean;
  /** Of headers: who sets it. */
  readonly from?: 'client' | 'config' | 'server';
}

export type WantedHeaders = Readonly<Record<string, Wanted>>;

/** What must hold for a request; each key stands for itself. */
export interface Expected {
  /** Of the answer that the server itself gives: `404`, `3xx`. */
  readonly status?: Wanted;
  /** The header of that name in the answer. */
  readonly location?: Wanted;
  /** The text that the config itself answers with; null: it names none. */
  readonly body?: Wanted;
  /** Path of the file that is sent. */
  readonly file?: Wanted;
  /** Whether the client is kept out: 401, 403, 407, no answer, nobody there. */
  readonly denied?: boolean;
  /** `host:port` of the server behind, or the name of the group that it is one of. */
  readonly backend?: Wanted;
  /** How it is spoken to: `http`, `https`, `fastcgi`, ... */
  readonly protocol?: Wanted;
  /** Path and query that the backend receives. */
  readonly path?: Wanted;
  /** Method that the backend receives. */
  readonly method?: Wanted;
  /** Version of HTTP that the backend is spoken to in: `1.1`. */
  readonly httpVersion?: Wanted;
  /** Headers that the backend receives. */
  readonly backendHeaders?: WantedHeaders;
  /** Headers that the configuration adds to the response. */
  readonly responseHeaders?: WantedHeaders;
  /** No header but the named ones is added, be it to what the backend receives or to the response. */
  readonly noOtherHeaders?: true;
  /** Whether a WebSocket handshake reaches the backend as one. */
  readonly upgrade?: boolean;
  /** Versions of TLS that the virtual host must offer, or must not. */
  readonly tls?: { readonly offers?: readonly string[]; readonly refuses?: readonly string[] };
  /** What is chosen: names of the virtual host, and the location or section. */
  readonly virtualHost?: Wanted;
  readonly route?: Wanted;
  /** What the server does that stands behind, of configs that belong together. */
  readonly behind?: Expected;
}

/** One request and what must hold for it. */
export interface Expectation {
  readonly name: string;
  readonly request: RequestToTrace;
  readonly expect: Expected;
  /** What is taken for files in this request alone. */
  readonly assume?: Assumed | undefined;
  /** Which of several configs is meant: the end of a path, or `document:line`; undefined: the one that takes the request. */
  readonly config: string | undefined;
  /** Where the file says it. */
  readonly at: Position;
}

export interface ExpectationFile {
  readonly path: string;
  /** Configs as they are written: relative to the file. */
  readonly configs: readonly string[];
  /** `nginx=1.22` and the like. */
  readonly targets: Readonly<Record<string, string>>;
  readonly assume: Assumed;
  readonly expectations: readonly Expectation[];
}

/** Absolute paths that are taken to be there, or not to be. */
export interface Assumed {
  readonly files?: readonly string[];
  readonly directories?: readonly string[];
  readonly missing?: readonly string[];
}
