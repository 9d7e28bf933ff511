/** Where a setting stands: at the top, in an entry of `listen`, or in an entry of `protocols`. */
export type SslhScope = 'main' | 'listen' | 'protocols';

/** `strings`: an array of strings; `list`: a list of groups; `bool-or-int` and `probe` (a string or an array of strings): old forms. */
export type SslhType = 'bool' | 'int' | 'string' | 'strings' | 'list' | 'bool-or-int' | 'probe';

/** A setting as it was in a range of versions; a name whose type changed has several. */
export interface SslhSetting {
  readonly scope: SslhScope;
  readonly name: string;
  readonly type: SslhType;
  readonly required: boolean;
  /** First version that has it so; undefined: the oldest known. */
  readonly since: string | undefined;
  /** First version that no longer has it so; undefined: the newest known still has. */
  readonly until: string | undefined;
}

export interface SslhProbe {
  readonly name: string;
  readonly since: string | undefined;
  readonly until: string | undefined;
}
