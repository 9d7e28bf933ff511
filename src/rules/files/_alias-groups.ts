import { unknown, type Match } from '../../model/model.ts';
import { captureGroups } from '../../regex/captures.ts';
import type { BoundedRegex } from '../../regex/match.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { sampleText } from '../../regex/sample.ts';

/** What a group is filled with to leave the directory. */
const climbing = ['../x', '..'];

/**
 * A group of a location's pattern that stands behind a slash in the alias and can begin with "..", where the path has no slash before
 * it: nginx resolves "/../", but no "/files../". Undefined where there is none, or where the pattern cannot be read.
 */
export function escapeByGroup(match: Match, alias: string): { group: string; path: string } | undefined {
  const references = [...alias.matchAll(/\/\$(?:\{(\w+)\}|(\d)|(\w+))/g)];
  const regex = references.length > 0 ? compilePcre(match.pattern, match.caseInsensitive) : undefined;
  const sample = regex && sampleText(match.pattern);
  if (!regex || sample === undefined) return undefined;
  const path = sample.startsWith('/') ? sample : `/${sample}`;
  const offsets = regex.offsets(path);
  if (offsets === null || offsets === unknown) return undefined;
  for (const [, braced, digit, bare] of references) {
    const wanted = (braced ?? digit ?? bare)!;
    const group = captureGroups(match.pattern).find(({ number, name }) => wanted === String(number) || wanted === name);
    const [start = -1, end = -1] = group ? offsets.subarray(2 * group.number) : [];
    if (!group || start < 0 || path[start - 1] === '/') continue;
    const attack = climbing
      .map((text) => path.slice(0, start) + text + path.slice(end))
      .find((text) => heldBy(regex, group.number, text)?.startsWith('..') && !/\/\.\.?(?:\/|$)/.test(text));
    if (attack !== undefined) return { group: `$${wanted}`, path: attack };
  }
  return undefined;
}

function heldBy(regex: BoundedRegex, group: number, text: string): string | undefined {
  const match = regex.match(text);
  return match === null || match === unknown ? undefined : match[group];
}
