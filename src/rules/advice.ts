import type { Dialect } from '../syntax/tree.ts';
import type { Advice, RuleMeta } from './define-rule.ts';

/** What a rule advises for a config of this dialect. */
export function adviceFor(advice: Advice, dialect: Dialect): string {
  return typeof advice === 'string' ? advice : (advice[dialect] ?? '');
}

/** What a rule advises, told for all of its dialects at once. */
export function adviceOf({ how, dialects }: Pick<RuleMeta, 'how' | 'dialects'>): string {
  if (typeof how === 'string') return how;
  return dialects.map((dialect) => `${dialectNames[dialect]}: ${adviceFor(how, dialect)}`).join(' ');
}

const dialectNames: Readonly<Record<Dialect, string>> = { nginx: 'nginx', apache: 'Apache', sslh: 'sslh' };

/** A dialect of the rule that gets no advice. */
export function dialectWithoutAdvice({ how, dialects }: Pick<RuleMeta, 'how' | 'dialects'>): Dialect | undefined {
  return dialects.find((dialect) => adviceFor(how, dialect) === '');
}
