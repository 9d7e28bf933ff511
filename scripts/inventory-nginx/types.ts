/** One message of the nginx source, and what proxylint makes of it. */
export interface Row {
  /** The source file without its end: the module, or a part of the core. */
  readonly module: string;
  readonly function: string;
  /** The text with the placeholders of nginx (`%V`). */
  readonly message: string;
  readonly level: 'emerg' | 'warn';
  /**
   * `checked`: the real server says it of `fixture`, and so does proxylint. `missed`: only the server does. `unproven`: the server of
   * the tests does not say it (`reason`); proxylint judges the fixture if there is one. `environment`: files, names, rights or sizes
   * of the machine decide. `out-of-scope`: see `reason`. `open`: nobody looked yet.
   */
  readonly status: 'checked' | 'missed' | 'unproven' | 'environment' | 'out-of-scope' | 'open';
  /** `newest`: the installed server does not say it; one built from the source of the inventory does. */
  readonly judge?: 'newest';
  /** A whole config. */
  readonly fixture?: string;
  readonly reason?: string;
}

export interface Inventory {
  readonly source: string;
  readonly version: string;
  readonly date: string;
  readonly messages: readonly Row[];
}
