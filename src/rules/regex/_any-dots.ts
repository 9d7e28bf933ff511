/** Dots that make a pattern match what has none: `^/(?:.|data)` and `/.` match every path. */
import { compilePcre } from '../../regex/pcre.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import type { PatternUse } from './_patterns.ts';

/** What no pattern is written for, with no dot in it. */
const samples: Readonly<Partial<Record<PatternUse['subject'], readonly string[]>>> = {
  path: ['/q', '/about/team', '/x-1/y/'],
  file: ['q', 'LICENSE', 'x-1'],
};

export interface AnyDots {
  /** Offsets of the dots in the pattern. */
  readonly offsets: readonly number[];
  /** One of the texts that the pattern matches by them alone. */
  readonly example: string;
}

/**
 * Dots without which the pattern matches none of the samples, while with them it matches all. Undefined where that may be meant: a
 * dot says that something follows, unless it stands among words, or in a path that is refused.
 */
export function anyDots(use: PatternUse): AnyDots | undefined {
  const { pattern, caseInsensitive, directive } = use;
  const texts = samples[use.subject];
  if (!texts || !pattern.includes('.')) return undefined;
  const offsets = loneDots(pattern);
  if (offsets.length === 0 || !(isAmongWords(pattern) || (pattern.includes('/') && refuses(directive))))
    return undefined;
  const literal = withEscaped(pattern, offsets);
  const [written, meant] = [pattern, literal].map((text) => compilePcre(text, caseInsensitive));
  if (!written || !meant) return undefined;
  const hasAll = texts.every((text) => written.matches(text) === true);
  return hasAll && texts.every((text) => meant.matches(text) === false) ? { offsets, example: texts[1]! } : undefined;
}

function withEscaped(pattern: string, offsets: readonly number[]): string {
  let text = '';
  let from = 0;
  for (const offset of offsets) {
    text += `${pattern.slice(from, offset)}\\`;
    from = offset;
  }
  return text + pattern.slice(from);
}

/** Neither escaped nor in a class, nor repeated, nor in a group that is. */
function loneDots(pattern: string): number[] {
  if (/\)[*+?{]|\\Q/.test(pattern)) return [];
  const found: number[] = [];
  for (const { 0: text, index } of pattern.matchAll(/\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]?|\.[*+?{]?/g))
    if (text === '.') found.push(index);
  return found;
}

/** `(.|data|config)`: one of the alternatives is the dot, and another one a word. */
function isAmongWords(pattern: string): boolean {
  const parts = pattern.split('|');
  const isDot = /(?:\(\?:|[(|^/])\.(?:[)|]|$)/.test(pattern);
  return isDot && parts.length > 1 && parts.some((part) => /[a-z]{2}/i.test(part));
}

function refuses({ key, args, block }: Directive): boolean {
  if (key === 'redirectmatch') return /^(?:4\d\d|gone)$/i.test(args[0]?.value ?? '');
  return block !== undefined && children(block).some(isRefusal);
}

function isRefusal({ key, args }: Directive): boolean {
  const words = args.map(({ value }) => value.toLowerCase()).join(' ');
  if (key === 'return') return /^4\d\d\b/.test(words);
  return key === 'deny' ? /^(?:from )?all$/.test(words) : key === 'require' && words === 'all denied';
}
