/** One message of sslh or of libconfig, its parser, and what proxylint makes of it. */
export interface SslhMessage {
  /** Of libconfig: what sslh prints behind the name of the file and the line. */
  readonly program: 'sslh' | 'libconfig';
  /** The source file without its end. */
  readonly file: string;
  readonly function: string;
  /** A format as of `printf`. */
  readonly message: string;
  /** The release that the tests have installed (`old`), the newest, or both say it. */
  readonly releases: readonly ('old' | 'newest')[];
  /** Whether sslh ends with it. */
  readonly fatal: boolean;
}

/**
 * `checked`: sslh says it of `fixture`, and so does proxylint. `environment`: the machine, the build or the command line decides.
 * `out of scope`: see `reason`. `open`: nobody looked yet.
 */
export type SslhEntry = SslhMessage &
  (
    | { readonly status: 'checked'; readonly fixture: string }
    | { readonly status: 'environment' | 'out of scope'; readonly reason: string }
    | { readonly status: 'open' }
  );

export interface SslhInventory {
  readonly source: string;
  /** The releases that were read. */
  readonly sslh: { readonly old: string; readonly newest: string };
  readonly libconfig: string;
  readonly date: string;
  readonly messages: readonly SslhEntry[];
}
