import { sslhConfig } from '../meaning/entries.ts';
import { isPassedOver } from './listens.ts';
import type { Judged, Refusal } from './refusal.ts';

/** Ports without quotes, which sslh does not take for a string. */
export function portNumbers(judged: Judged): Refusal<'sslh-port-as-number'>[] {
  const { listen, protocols } = sslhConfig(judged);
  return [...listen, ...protocols].flatMap((group) => {
    const [word] = group.settings.get('port')?.args ?? [];
    if (!word || word.quote || !/^\d+$/.test(word.raw)) return [];
    const place = { file: group.block.file, start: word.start, end: word.end };
    return {
      message: 'number' as const,
      at: place,
      data: { port: word.raw },
      ...(isPassedOver(group, judged) && { severity: 'warning' as const }),
      fix: { title: 'Put the port in quotes', edits: [{ place, text: `"${word.raw}"` }] },
    };
  });
}
