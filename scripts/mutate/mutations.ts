/** Single mutations of a source text: one literal or operator replaced by another. */

export interface Mutation {
  /** Offset of the replaced text in the source. */
  readonly start: number;
  readonly text: string;
  readonly replacement: string;
}

/** What is looked for, and what it becomes. Types and comments match too: a mutation that does not change the program is no mutation. */
const operators: readonly (readonly [pattern: RegExp, replacement: (match: string) => string])[] = [
  [/(?<=['"`])(?:error|warning|info)(?=['"`])/g, (word) => (word === 'info' ? 'error' : 'info')],
  [/(?<=['"`])(?:high|medium|low)(?=['"`])/g, (word) => (word === 'low' ? 'high' : 'low')],
  [/(?<=['"`])(?:safe|unsafe)(?=['"`])/g, (word) => (word === 'safe' ? 'unsafe' : 'safe')],
  [/\b(?:true|false)\b/g, (word) => (word === 'true' ? 'false' : 'true')],
  [/(?<![\w.'"$#-])\d+(?![\w.'"]*['"])\b/g, (digits) => String(Number(digits) + 1)],
  [/===|!==/g, (sign) => (sign === '===' ? '!==' : '===')],
  [/ (?:<=|>=|<|>) (?=[\w(.-])/g, (sign) => ({ ' < ': ' <= ', ' <= ': ' < ', ' > ': ' >= ', ' >= ': ' > ' })[sign]!],
  [/ (?:&&|\|\|) /g, (sign) => (sign === ' && ' ? ' || ' : ' && ')],
  [/(?<=[(\s=&|])!(?=[\w(])/g, () => ''],
  [/\.(?:some|every)\(/g, (call) => (call === '.some(' ? '.every(' : '.some(')],
  [/\.at\(-1\)/g, () => '.at(0)'],
  [
    /\bat: \w+(?=[,\s}])/g,
    (word) =>
      `${word.replace('at: ', 'at: ((x) => ("name" in x ? { file: x.parent.file, start: x.start, end: x.start } : { ...x, end: x.start }))(')})`,
  ],
  [/(?<=\(|, |: |= )'[a-z][a-z0-9_-]{2,}'/g, (word) => `${word.slice(0, -1)}x'`],
];

export function mutationsOf(source: string): Mutation[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<![:'"])\/\/.*$|^import [^;]*;/gm, (skipped) =>
    ' '.repeat(skipped.length),
  );
  return operators
    .flatMap(([pattern, replacement]) =>
      [...code.matchAll(pattern)].map(({ 0: text, index: start }) => ({ start, text, replacement: replacement(text) })),
    )
    .sort((a, b) => a.start - b.start);
}

export function applyMutation(source: string, { start, text, replacement }: Mutation): string {
  return source.slice(0, start) + replacement + source.slice(start + text.length);
}
