/** The cipher list of a TLS setting, expanded. */
import { enabledSuites } from '../../facts/ciphers/index.ts';
import type { CipherSuite } from '../../facts/ciphers/types.ts';
import { unknown, type Tls } from '../../model/model.ts';
import type { Dialect, Directive, Word } from '../../syntax/tree.ts';

export interface CipherList {
  readonly directive: Directive;
  readonly word: Word;
  readonly text: string;
  readonly suites: readonly CipherSuite[];
}

/** What httpd adds to each SSLCipherSuite, see ssl_cmd_SSLCipherSuite in ssl_engine_config.c. */
const apacheAddition = ':!aNULL:!eNULL:!EXP';

/** Undefined where the default holds, and for what the text does not decide. */
export function cipherList({ ciphers }: Tls, dialect: Dialect): CipherList | undefined {
  const { value, origin } = ciphers;
  const word = origin === 'default' ? undefined : origin.args.at(-1);
  if (origin === 'default' || value === unknown || !word) return undefined;
  const suites = enabledSuites(dialect === 'apache' ? `${value}${apacheAddition}` : value);
  return suites && { directive: origin, word, text: value, suites };
}

/** `A`, `A and B`, `A and 5 more`. */
export function someOf(suites: readonly CipherSuite[]): string {
  const [first, second] = suites.map(({ name }) => name);
  if (suites.length < 3) return second === undefined ? first! : `${first!} and ${second}`;
  return `${first!} and ${suites.length - 1} more`;
}
