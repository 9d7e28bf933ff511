/** What a benchmark asks of one setting, for items that no rule of their own answers. */
export interface BenchmarkSetting {
  /** The benchmark's own names of the items that ask for it. */
  readonly items: readonly string[];
  /** As the server's manual spells them; any of them answers the item. */
  readonly directives: readonly string[];
  /** What the benchmark expects, in words that continue "expected:". */
  readonly expected: string;
  /**
   * Whether the arguments of such a directive are what is expected; undefined where the text does not tell. `seconds`: the time that the first
   * one stands for, as the server reads it.
   */
  readonly fits: (args: readonly string[], seconds?: number) => boolean | undefined;
  /**
   * Where one that fits has to be; left out where the default of the server fits. `config`: anywhere in a whole config; `proxy`: in force wherever
   * requests are passed on over HTTP, `tls-proxy` over HTTPS; `tls`: in force on each virtual host with TLS.
   */
  readonly required?: 'config' | 'proxy' | 'tls-proxy' | 'tls';
  /** Others than the one that is required may say anything. */
  readonly othersMayDiffer?: true;
  /** Only within this section of httpd, as in `<Directory />`. */
  readonly within?: Section;
}

export interface Section {
  readonly name: string;
  readonly argument: string;
}

export interface Benchmark {
  /** As a message names it. */
  readonly title: string;
  readonly settings: readonly BenchmarkSetting[];
}
