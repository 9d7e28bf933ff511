import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { isTrue, sslhConfig } from '../meaning/entries.ts';
import type { Judged, Refusal } from './refusal.ts';

/** The two lists without which sslh does not start, where one is missing or empty. */
export function missingLists(judged: Judged): Refusal<'sslh-missing-listen'>[] {
  const { main } = sslhConfig(judged);
  if (main.open) return [];
  const refusals: Refusal<'sslh-missing-listen'>[] = [];
  const { file } = main.block;
  const lists = ['listen', 'protocols'] as const;
  for (const [index, name] of lists.entries()) {
    const present = lists[1 - index]!;
    const list = main.settings.get(name);
    const isInetd = isTrue(main, 'inetd');
    if (name === 'listen' && isInetd) continue;
    const other = main.settings.get(present) ?? (isInetd ? main.settings.get('inetd') : undefined);
    if (list && isEmpty(list)) {
      refusals.push({ message: 'empty', at: { file, start: list.start, end: list.block!.end }, data: { name } });
    } else if (!list && other && file.outer?.kind !== 'document') {
      const at = { file, start: other.name.start, end: other.name.end };
      refusals.push({ message: 'missing', at, data: { present: other.key, absent: name } });
    }
  }
  return refusals;
}

function isEmpty({ block }: Directive): boolean {
  return block?.close !== undefined && children(block).length === 0;
}
