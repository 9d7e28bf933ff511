import type { Notice } from '../text/budget.ts';
import type { ConfigFile, Dialect } from './tree.ts';

/**
 * What the text is a piece of: the context in which its top directives stand.
 *
 * nginx: `main` (a whole config), or a fragment of `events`, `http`, `server`, `location`, `upstream`, `stream`,
 * `stream-server`, `mail`, `mail-server`, `types`, `map`. httpd: `server` (a whole config or a file included at
 * server level), `vhost`, `directory`, `htaccess`. sslh: `main`.
 */
export type Level =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'upstream'
  | 'stream'
  | 'stream-server'
  | 'mail'
  | 'mail-server'
  | 'map'
  | 'vhost'
  | 'directory'
  | 'htaccess';

/** One configuration: a root file with all that it includes. The unit that is lowered and checked. */
export interface Config {
  readonly dialect: Dialect;
  readonly file: ConfigFile;
  /** The root file and the included ones; each place of inclusion once. */
  readonly files: readonly ConfigFile[];
  readonly level: Level;
  /**
   * True when this is all that the server reads: a main config whose includes were all resolved. Only then may
   * a rule say that something is missing from the surroundings.
   */
  readonly complete: boolean;
  /**
   * True when at most includes in a location were not read (httpd: in a section for some requests). They can hold only what is allowed
   * there: all that servers have by themselves, and what is around them, is known.
   */
  readonly serversComplete: boolean;
  /** What was left unread; rules need not ask, since the includes tell. */
  readonly notices?: readonly Notice[];
}
