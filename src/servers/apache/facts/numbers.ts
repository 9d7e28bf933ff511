/** Numbers as the C library reads them from the text of a config. */
import { wordTable } from '../../../text/word-table.ts';

/**
 * `atoi`: the leading digits, 0 where there are none. A number beyond 64 bits counts as the largest one, of which the lower 32 bits
 * remain: `99999999999999999999` is -1.
 */
export function atoi(text: string): number {
  const digits = /^\s*([+-]?\d+)/.exec(text)?.[1];
  if (digits === undefined) return 0;
  const number = Number(digits);
  if (Math.abs(number) < 2 ** 31) return number;
  // Thousands of digits would be slow as a BigInt.
  if (Math.abs(number) >= 2 ** 63) return number > 0 ? -1 : 0;
  return Number(BigInt.asIntN(32, BigInt(digits)));
}

/**
 * `ap_timeout_parameter_parse`: milliseconds, from a number of seconds where no unit is written; not a number for what it refuses. Of the
 * unit only the first letters are read, and only in lower case: `5min` is `5mi`, `5MI` is refused.
 */
export function parseTimeout(text: string): number {
  const match = /^\s*\+?(\d+)(?:(s|h|ms|mi)|$)/.exec(text);
  return match ? Number(match[1]) * millisecondsOf[match[2] ?? 's']! : Number.NaN;
}

const millisecondsOf: Readonly<Record<string, number>> = wordTable({ ms: 1, s: 1000, mi: 60_000, h: 3_600_000 });
