import { compilePcre } from '../../ir/regex/pcre.ts';

/** Host names written in a pattern, their dots escaped or not. */
const hostInPattern = /(?:[a-z0-9-]+\\?\.)+[a-z]{2,}/gi;
const maximalNames = 20;

export interface PatternUse {
  readonly pattern: string;
  readonly caseInsensitive: boolean;
  /** Origins are scheme and host, referers have a path too. */
  readonly header: 'origin' | 'referer';
  /** True where only a match of the whole value counts. */
  readonly whole?: boolean;
}

/**
 * A foreign value that a pattern of allowed values admits although it names hosts. Undefined where there is none, or where the pattern
 * cannot be read.
 */
export function bypassOf({ pattern, caseInsensitive, header, whole }: PatternUse): string | undefined {
  const regex = compilePcre(pattern, caseInsensitive);
  if (!regex) return undefined;
  const admits = (value: string): boolean => (whole ? regex.exec(value)?.[0] === value : regex.test(value));
  const names = [...pattern.matchAll(hostInPattern)].slice(0, maximalNames).map(([text]) => text.replaceAll('\\', ''));
  for (const name of names) {
    const value = foreign(name, header === 'referer').find(admits);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Values of sites that do not belong to the name. */
function foreign(name: string, path: boolean): string[] {
  const values = ['https', 'http'].flatMap((scheme) => [
    `${scheme}://${name}.evil.test`,
    `${scheme}://www.${name}.evil.test`,
    `${scheme}://evil-${name}`,
    `${scheme}://evil${name}`,
    // A dot that stands for any character.
    `${scheme}://${name.replace('.', 'x')}`,
  ]);
  return path ? values.flatMap((value) => [`${value}/`, `https://evil.test/?${value}/`]) : values;
}
