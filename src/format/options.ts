/** What may be said about the layout. The defaults change least. */
import { suggest } from '../text/suggest.ts';

/** Each one left out is as it is by {@link formatDefaults}. */
export interface FormatOptions {
  /** `auto`: what the file uses most, else 4 blanks; `tab`; or a number of blanks from 1 to 8. */
  readonly indent?: 'auto' | 'tab' | number;
  /** How many blank lines in a row stay, from 0 to 10. */
  readonly blankLines?: number;
  /** Blanks between words: `keep` leaves columns that lines side by side share; `remove` leaves one blank anywhere. */
  readonly alignment?: 'keep' | 'remove';
  /** nginx: the brace that opens a block: where it is, or on the line of its directive. */
  readonly openingBrace?: 'keep' | 'same-line';
  /** httpd: what stands in `<IfModule>` and its kin: as in most of the file, indented always, or never. */
  readonly indentConditions?: 'auto' | boolean;
  readonly lineEndings?: 'keep' | 'lf' | 'crlf';
  /** Whether a file must end with a line end; false: as it does. */
  readonly finalNewline?: boolean;
}

export const formatDefaults: Required<FormatOptions> = {
  indent: 'auto',
  blankLines: 2,
  alignment: 'keep',
  openingBrace: 'keep',
  indentConditions: 'auto',
  lineEndings: 'keep',
  finalNewline: true,
};

/** JSON schema of each option. */
export const formatSchema = {
  indent: {
    description: 'One level: "auto" (what the file uses most, else 4 blanks), "tab", or a number of blanks.',
    anyOf: [{ enum: ['auto', 'tab'] }, { type: 'integer', minimum: 1, maximum: 8 }],
  },
  blankLines: { description: 'How many blank lines in a row stay.', type: 'integer', minimum: 0, maximum: 10 },
  alignment: {
    description: 'Whether columns that lines side by side share stay, or one blank stands between words anywhere.',
    enum: ['keep', 'remove'],
  },
  openingBrace: {
    description: 'nginx: whether a brace that opens a block stays on a line of its own.',
    enum: ['keep', 'same-line'],
  },
  indentConditions: {
    description: 'httpd: whether the content of <IfModule> and its kin is indented; "auto": as in most of the file.',
    enum: ['auto', true, false],
  },
  lineEndings: { description: 'Line ends.', enum: ['keep', 'lf', 'crlf'] },
  finalNewline: { description: 'Whether each file must end with a line end.', type: 'boolean' },
} as const satisfies Record<keyof FormatOptions, object>;

const isAllowed: { readonly [Key in keyof FormatOptions]-?: (value: unknown) => boolean } = {
  indent: (value) => value === 'auto' || value === 'tab' || isInteger(value, 1, 8),
  blankLines: (value) => isInteger(value, 0, 10),
  alignment: isOneOf('keep', 'remove'),
  openingBrace: isOneOf('keep', 'same-line'),
  indentConditions: isOneOf('auto', true, false),
  lineEndings: isOneOf('keep', 'lf', 'crlf'),
  finalNewline: isOneOf(true, false),
};

function isInteger(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isOneOf(...values: readonly unknown[]): (value: unknown) => boolean {
  return (value) => values.includes(value);
}

/** What is wrong with options that a program gives, a clause each. */
export function mistakesIn(options: object): string[] {
  const names = Object.keys(formatDefaults);
  return Object.entries(options).flatMap(([name, value]) => {
    if (!names.includes(name)) {
      const near = suggest(name, names);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      return [`format: "${name}" is not one of ${names.join(', ')}${hint}`];
    }
    if (value === undefined || isAllowed[name as keyof FormatOptions](value)) return [];
    return [`format.${name}: ${JSON.stringify(value)} is no value that it can have`];
  });
}
