/**
 * What applications need from the proxy in front of them: their contracts. One file an application in `contracts`; `npm run gen` finds
 * it there. Paths are those of the application at the root of a host name; below a path they follow it.
 */

/** `breaks`: something of the application does not work; `degrades`: it works worse; `security`: it is open to others. */
export type Strength = 'breaks' | 'degrades' | 'security' | 'recommended';

/**
 * How well an item is known. `played`: seen with the running application behind nginx and httpd; `confirmed`: two primary sources say it;
 * `documented`: one does; `recalled`: none was read.
 */
export type Proof = 'played' | 'confirmed' | 'documented' | 'recalled';

interface Common {
  readonly strength: Strength;
  readonly proof: Proof;
  /** One or more full sentences for the page of the application. */
  readonly fact: string;
  /** What a user sees where it is not so; goes on with "...: ". */
  readonly symptom?: string;
  /** The condition under which the item holds, such as a setting of the application. */
  readonly when?: string;
  /** The versions of the application that it holds for, as `versions.ts` reads them: `>=3.7.1`, `<=3.8.1`, `1.x`. */
  readonly versions?: string;
  /** Keys of {@link Application.sources}. */
  readonly sources: readonly string[];
}

/** Requests that ask for an upgrade of the connection. */
export interface WebSocketNeed extends Common {
  readonly about: 'websocket';
  readonly paths: readonly string[];
  /** What the client writes into `Upgrade`; left out: `websocket`. */
  readonly protocol?: string;
  readonly method?: string;
  /** Paths of other versions, which a location may still be made for; each stands where {@link paths} has the one of today. */
  readonly otherPaths?: readonly string[];
}

/** Values of headers, by where they come from. `client`: the host as the client wrote it; `client-or-name`: its port does not matter. */
export type HeaderValue =
  | 'client'
  | 'client-or-name'
  | 'client-port'
  | 'client-ip'
  | 'append-ip'
  | 'scheme'
  | 'prefix'
  | 'request-uri'
  | 'request-method'
  | 'absolute-url'
  | 'backend'
  | 'absent';

export interface HeadersNeed extends Common {
  readonly about: 'headers';
  readonly values: Readonly<Record<string, HeaderValue>>;
  /** Other headers that do as well, by header. */
  readonly orBy?: Readonly<Record<string, readonly string[]>>;
  /** Where they have to arrive; left out: everywhere. */
  readonly paths?: readonly string[];
  /** True where a setting of the application decides whether it reads them. */
  readonly bySetting?: true;
}

/** Bodies of requests up to this size. */
export interface BodyNeed extends Common {
  readonly about: 'body-size';
  /** Bytes; 0: of any size. */
  readonly least: number;
  readonly paths: readonly string[];
}

export interface TimeoutNeed extends Common {
  readonly about: 'timeout';
  /** Seconds of silence of the application that must not end a request. */
  readonly least: number;
  readonly paths: readonly string[];
}

export interface BufferingNeed extends Common {
  readonly about: 'buffering';
  readonly response?: 'streamed' | 'buffered';
  readonly request?: 'streamed';
  readonly paths: readonly string[];
}

/** Headers of responses that are larger than the buffer of nginx is by default. */
export interface HeaderBufferNeed extends Common {
  readonly about: 'header-buffer';
  /** Bytes that documentation or users set. */
  readonly usual: number;
}

/** Paths whose encoded slashes must arrive as they were sent. */
export interface RawPathNeed extends Common {
  readonly about: 'raw-path';
  /** With a `%2F` in it. */
  readonly path: string;
  /** True where the decoded path is understood as well. */
  readonly decodedToo?: true;
}

/** Below a path: whether the proxy keeps the prefix, removes it, or the application has to be at the root of a host name. */
export interface SubPathNeed extends Common {
  readonly about: 'sub-path';
  readonly prefix: 'kept' | 'removed' | 'impossible';
}

/** Paths that are not for everybody. */
export interface PrivateNeed extends Common {
  readonly about: 'private';
  readonly paths: readonly string[];
  /** `closed`: nobody needs them through the proxy; `restricted`: a proposal, for known networks. */
  readonly degree: 'closed' | 'restricted';
}

/** Headers that the application believes, and that must not come from the client. */
export interface TrustedHeaderNeed extends Common {
  readonly about: 'trusted-header';
  readonly names: readonly string[];
}

/** Which port of the application takes which requests. */
export interface PortNeed extends Common {
  readonly about: 'port';
  readonly paths: readonly string[];
  readonly port: number;
}

/** A port that must not be proxied to. */
export interface WrongPortNeed extends Common {
  readonly about: 'wrong-port';
  readonly port: number;
  readonly instead: number;
}

/** Paths that must come to the application though a proxy is wont to answer them itself. */
export interface WellKnownNeed extends Common {
  readonly about: 'well-known';
  readonly paths: readonly string[];
  /** The scheme of the client's request; left out: both. */
  readonly scheme?: 'http';
}

/** What the application has no use for. */
export interface NotNeeded extends Common {
  readonly about: 'not-needed';
  /** Names of headers, in lower case, `websocket`, or `https-redirect` where its plain port answers with one. */
  readonly what: readonly string[];
}

/** What no rule can judge, told on the page of the application. */
export interface Note extends Common {
  readonly about: 'note';
}

export type Need =
  | WebSocketNeed
  | HeadersNeed
  | BodyNeed
  | TimeoutNeed
  | BufferingNeed
  | HeaderBufferNeed
  | RawPathNeed
  | SubPathNeed
  | PrivateNeed
  | TrustedHeaderNeed
  | PortNeed
  | WrongPortNeed
  | WellKnownNeed
  | NotNeeded
  | Note;

/** Where an item was read or seen, and in which state. */
export interface Source {
  /** A URL, or what was run. */
  readonly where: string;
  readonly what?: string;
  /** Date, and commit or version where known. */
  readonly read: string;
}

export interface Port {
  readonly port: number;
  readonly scheme: 'http' | 'https' | 'tcp' | 'tls' | 'grpc' | 'ajp';
  readonly role?: string;
  /** True where no setting makes it speak another scheme. */
  readonly fixed?: true;
}

/**
 * By what an application is known. `telling`: words that are its alone; `usual`: words that it is often called by, as others are;
 * `common`: words that say little. Lower case letters and
 * digits only: `open-webui` and `Open WebUI` are `openwebui`.
 */
export interface Names {
  readonly telling: readonly string[];
  readonly usual?: readonly string[];
  readonly common?: readonly string[];
  /** Beginnings of paths that no other application has. */
  readonly paths?: readonly string[];
  /** Further beginnings of its paths, which others have as well. */
  readonly otherPaths?: readonly string[];
  /** Paths that it is often put below, though it has none of that name itself. */
  readonly prefixes?: readonly string[];
}

export interface Application {
  readonly id: string;
  readonly name: string;
  readonly kind: 'app' | 'framework' | 'component' | 'auth';
  readonly names: Names;
  readonly ports: readonly Port[];
  readonly sources: Readonly<Record<string, Source>>;
  readonly needs: readonly Need[];
  /** When the items were collected. */
  readonly date: string;
}
