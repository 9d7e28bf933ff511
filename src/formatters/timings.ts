/** `--timings` for people. */
import type { TimingsReport } from '../lint/timings.ts';
import { escapeControls } from './escape.ts';
import { plural } from './plural.ts';

const maxRules = 20;

export function formatTimings({ total, phases, rules }: TimingsReport): string {
  const shown = rules.slice(0, maxRules);
  const rest = rules.slice(maxRules);
  const restTime = rest.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const rows = [
    ...table(
      'phase',
      [...phases.map(({ phase, milliseconds }) => [phase, milliseconds] as const), ['all', total]],
      total,
    ),
    '',
    ...table(
      'rule',
      shown.map(({ rule, milliseconds }) => [escapeControls(rule), milliseconds] as const),
      total,
    ),
    ...(rest.length > 0 ? [`and ${plural(rest.length, 'rule')} more with ${restTime.toFixed(1)} ms`] : []),
  ];
  return `${rows.join('\n')}\n`;
}

function table(
  title: string,
  rows: readonly (readonly [name: string, milliseconds: number])[],
  total: number,
): string[] {
  const width = Math.max(title.length, ...rows.map(([name]) => name.length));
  const line = (name: string, time: string, share: string): string =>
    `${name.padEnd(width)}  ${time.padStart(9)}  ${share.padStart(6)}`;
  return [
    line(title, 'ms', '%'),
    ...rows.map(([name, time]) => line(name, time.toFixed(1), ((100 * time) / total).toFixed(1))),
  ];
}
