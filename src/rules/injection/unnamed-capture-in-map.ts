import type { Edit } from '../finding.ts';
import { captureGroups } from '../../regex/captures.ts';
import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { advisories, isAffected } from './_advisories.ts';
import { nameCaptures } from './_name-captures.ts';

export default defineRule({
  meta: {
    summary: 'A pattern of a map with numbered groups, which change under what reads them in old nginx releases',
    why: 'Before 1.30.4 and 1.31.3 nginx counts with the old groups where the map has set new ones meanwhile (CVE-2026-42533): a text with "$1" beside the variable of the map is written beyond its buffer or read from memory that holds something else.',
    how: 'Name the groups, "(?<rest>.*)", and read them by their names, there and in what uses the map; write "(?:...)" where nothing reads a group; or update nginx.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/security_advisories.html', 'https://www.cve.org/CVERecord?id=CVE-2026-42533'],
  },
  messages: {
    read: 'The pattern "{{pattern}}" has a numbered group.',
    unread: 'The pattern "{{pattern}}" has a numbered group that its value does not read.',
  },
  check({ targets, report }) {
    const affected = isAffected(advisories['CVE-2026-42533'], targets.nginx);
    if (affected === false) return {};

    function checkEntry(entry: Directive): void {
      const { name, args } = entry;
      if (!name.value.startsWith('~')) return;
      const unnamed = captureGroups(name.value).filter((group) => group.name === undefined);
      if (unnamed.length === 0) return;
      const isRead = args.some(({ value }) => /\$[1-9]/.test(value));
      const edits = isRead
        ? nameCaptures(
            { word: name, directive: entry },
            args.map((word) => ({ word, directive: entry })),
          )
        : unnamed.map(({ start }) => withoutCapture(entry, start));
      report({
        message: isRead ? 'read' : 'unread',
        at: placeIn(entry, name),
        severity: affected === true ? 'warning' : 'info',
        data: { pattern: name.value },
        ...(edits && { fix: { title: isRead ? 'Name the group' : 'Group without capturing', edits } }),
      });
    }

    return {
      directives: {
        map(map) {
          // The stream module keeps its groups.
          if (enclosing(map)?.key === 'stream' || !map.block) return;
          for (const entry of children(map.block)) checkEntry(entry);
        },
      },
    };
  },
});

function withoutCapture(entry: Directive, start: number): Edit {
  const { name } = entry;
  const at = name.start + name.raw.indexOf(name.value) + start;
  return { place: placeIn(entry, { start: at, end: at }), text: '?:' };
}
