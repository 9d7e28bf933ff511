import type { Finding } from '../rules/finding.ts';
import { locate } from './report.ts';

/**
 * Names a finding so that it is known again after lines were added or moved: made of the rule, the file and the text
 * of the line, and a number where these are the same. `seen` counts them over one report.
 */
export function fingerprint(finding: Finding, seen: Map<string, number>): string {
  const { place, rule } = finding;
  const { text } = place.file;
  const start = text.lastIndexOf('\n', place.start - 1) + 1;
  const end = text.indexOf('\n', place.start);
  const line = text.slice(start, end === -1 ? undefined : end).trim();
  const key = hash([rule, locate(place).file, line, finding.message].join('\0'));
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return `${key}:${count}`;
}

/** FNV-1a over UTF-16 code units, 64 bits: no secret, only a short name. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
}
