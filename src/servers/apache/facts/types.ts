/** Shapes of the httpd tables; the table itself is written by `scripts/facts-apache`. */

/** A container as the server distinguishes it. `htaccess`: a `.htaccess` file, where AllowOverride permits the class. */
export type ApacheContext =
  | 'server'
  | 'vhost'
  | 'directory'
  | 'location'
  | 'files'
  | 'if'
  | 'proxy'
  | 'limit'
  | 'htaccess';

/**
 * How the server splits and counts the arguments, in the names of `http_config.h`. `RAW_ARGS` and `TAKE_ARGV`: the module reads
 * the line itself; `FLAG`: On or Off; `ITERATE`: one or more; `ITERATE2`: one, then one or more; the digits of `TAKE…` are
 * the counts that are allowed.
 */
export type ArgumentKind =
  | 'NO_ARGS'
  | 'RAW_ARGS'
  | 'TAKE1'
  | 'TAKE2'
  | 'TAKE3'
  | 'TAKE12'
  | 'TAKE13'
  | 'TAKE23'
  | 'TAKE123'
  | 'FLAG'
  | 'ITERATE'
  | 'ITERATE2'
  | 'TAKE_ARGV';

export type ModuleStatus =
  | 'Core'
  | 'Base'
  | 'MPM'
  | 'Extension'
  | 'Experimental'
  | 'Deprecated'
  | 'Third-party'
  | 'Unknown';

export interface ApacheDirective {
  /** In the spelling of the manual, without angle brackets. */
  readonly name: string;
  /** The modules that define it (`core`, `mod_ssl`, `event`); each of them alone is enough. */
  readonly modules: readonly string[];
  /** `<Name ...>` is a section, `Name ...` a plain directive; some exist as both. */
  readonly form: 'plain' | 'section' | 'either';
  readonly status: ModuleStatus;
  /** Where the manual says that it may stand; use it for advice. Empty where undocumented. */
  readonly contexts: readonly ApacheContext[];
  /** Where the server accepts it, tried on the real program; use it for errors. Undefined: not known. */
  readonly allowed: readonly ApacheContext[] | undefined;
  /** The class of AllowOverride that permits it in `.htaccess`. */
  readonly override: readonly OverrideClass[];
  readonly args: { readonly kind: ArgumentKind | undefined; readonly min: number; readonly max: number };
  /** First release that has it; undefined: 2.2.0 or older. */
  readonly since: string | undefined;
  /** First release that no longer has it. */
  readonly until: string | undefined;
  /** `renamed`: the replacement is only another name for it. */
  readonly deprecated: { readonly since: string; readonly replacement: string; readonly renamed: boolean } | undefined;
  /** What to write instead of a removed directive; undefined if nothing takes its place. */
  readonly replacement: string | undefined;
  /** The usage line of the manual, name included; undefined where undocumented. */
  readonly syntax: string | undefined;
  /** The documented default without the name; undefined if there is none. */
  readonly default: string | undefined;
}

export type OverrideClass = 'All' | 'AuthConfig' | 'FileInfo' | 'Indexes' | 'Limit' | 'Options';

export interface ApacheModule {
  /** As in the manual and in `LoadModule`'s file name: `mod_ssl`, `core`, `event`. */
  readonly name: string;
  /** The first argument of `LoadModule`: `ssl_module`. */
  readonly identifier: string;
  readonly status: ModuleStatus;
  readonly since: string | undefined;
  readonly until: string | undefined;
}
