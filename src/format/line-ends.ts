import type { FormatOptions } from './options.ts';

export function countFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** For line ends that are added: as most of the text has them. */
export function lineEndOf(text: string, { lineEndings }: Pick<FormatOptions, 'lineEndings'>): string {
  if (lineEndings === 'lf') return '\n';
  if (lineEndings === 'crlf') return '\r\n';
  const withReturn = text.split('\r\n').length - 1;
  return withReturn * 2 > countFeeds(text) ? '\r\n' : '\n';
}
