import type { Finding } from '../rules/finding.ts';
import type { Place } from '../text/source.ts';
import { locate } from './report.ts';

/**
 * Names a finding so that it is known again after lines were added or moved, or words of the message changed: made of the rule, the kind
 * of its message, the file and the text of the line, and a number where these are the same. `seen` counts them over one report.
 */
export function fingerprint(
  { place, rule, messageId }: Finding,
  seen: Map<string, number>,
  file = locate(place).file,
): string {
  const key = hash([rule, messageId, file, lineOf(place).trim()].join('\0'));
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return `${key}:${count}`;
}

/** Characters of a line, before and behind a place, that tell the place again. */
const reach = 500;

/** The line of a place; of a line with thousands of findings the part around this one. */
function lineOf({ file, start }: Place): string {
  const { line } = file.positionAt(start);
  const from = Math.max(file.lines.startOfLine(line), start - reach);
  const end = line < file.lines.lineCount ? file.lines.startOfLine(line + 1) - 1 : file.text.length;
  return file.text.slice(from, Math.min(end, start + reach));
}

/** FNV-1a over UTF-16 code units, 64 bits in two halves: no secret, only a short name. */
function hash(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let index = 0; index < text.length; index++) {
    low = (low ^ text.charCodeAt(index)) >>> 0;
    // Times 0x100000001b3, that is 2 ** 40 and 0x1b3.
    const product = low * 0x1b3;
    high = (high * 0x1b3 + low * 0x100 + Math.floor(product / 2 ** 32)) >>> 0;
    low = product >>> 0;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
