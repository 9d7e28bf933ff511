import type { Finding } from '../rules/finding.ts';
import { hash } from '../text/hash.ts';
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
