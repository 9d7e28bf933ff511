/** Mutations of all findings at once: what a user sees of them must be tested for each rule. */

export interface MassMutation {
  readonly name: string;
  readonly file: string;
  readonly mutate: (source: string) => string;
}

function replaceOnce(text: string, replacement: string): (source: string) => string {
  return (source) => {
    if (source.split(text).length !== 2) throw new Error(`"${text}" does not stand once where it is to be mutated`);
    return source.replace(text, replacement);
  };
}

export const massMutations: readonly MassMutation[] = [
  {
    name: 'every finding at the first character of its line',
    file: 'src/lint/to-finding.ts',
    mutate: replaceOnce(
      'const place = placeOf(report.at);',
      `const written_ = placeOf(report.at);
       const line_ = written_.file.text.lastIndexOf('\\n', written_.start - 1) + 1;
       const place = { ...written_, start: line_, end: line_ };`,
    ),
  },
  {
    name: 'the severity and the confidence of every report dropped',
    file: 'src/lint/to-finding.ts',
    mutate: (source) => replaceOnce('report.severity ?? ', '')(replaceOnce('report.confidence ?? ', '')(source)),
  },
];
