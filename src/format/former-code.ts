import { leadAt } from './indentation.ts';
import type { Token } from './tokens.ts';

const indented = /^#+(?: {2}|\t)/;

/**
 * Comments in the first column that were code once, which shows by the indentation behind the sign in one of them: they keep the place of what
 * they took out.
 */
export function formerCode(tokens: readonly Token[], text: string): ReadonlySet<Token> {
  const found = new Set<Token>();
  let run: Token[] = [];
  const finish = (): void => {
    if (run.some(({ start, end }) => indented.test(text.slice(start, Math.min(end, start + 80)))))
      for (const token of run) found.add(token);
    run = [];
  };
  let end = -1;
  for (const token of tokens) {
    const isNext = end !== -1 && /^[ \t\r]*\n$/.test(text.slice(end, token.start));
    if (!isNext) finish();
    end = token.kind === 'comment' ? token.end : -1;
    if (token.kind === 'comment' && leadAt(text, token.start) === '') run.push(token);
  }
  finish();
  return found;
}
