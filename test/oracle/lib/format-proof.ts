/** Lays out a config and asks the real server about both texts. */
import { formatText } from '../../../src/format/format-text.ts';
import type { FormatOptions } from '../../../src/format/options.ts';
import { configOf } from '../../helpers/lint.ts';
import { wordsOf } from '../../helpers/words.ts';
import { loadParser } from '../../../src/servers/index.ts';
import { SourceFile } from '../../../src/text/source.ts';
import type { FixSubject } from './fix-subjects.ts';
import type { Server } from './install.ts';
import { Oracle } from './oracle.ts';
import type { Verdict } from './verdict.ts';

export interface FormatFault {
  readonly kind: 'throws' | 'words' | 'second-run' | 'verdict' | 'config';
  readonly subject: FixSubject;
  readonly options: FormatOptions;
  readonly detail: string;
}

export interface FormatFigures {
  /** Layouts that were looked at, those that changed the text, and texts that are left as they are. */
  played: number;
  changed: number;
  left: number;
  /** Texts with another layout about which the server was asked, and those of them that it accepts. */
  asked: number;
  accepted: number;
}

/** The defaults, and what differs from them most. */
export const formatVariants: readonly FormatOptions[] = [
  {},
  { indent: 3, blankLines: 0, alignment: 'remove', openingBrace: 'same-line', indentConditions: true },
  { indent: 'tab', lineEndings: 'crlf', indentConditions: false, finalNewline: false },
];

/** Undefined for a text that is left as it is. */
type Format = (path: string, text: string, options: FormatOptions) => Promise<string | undefined>;

async function formatOnce(server: Server, path: string, text: string, options: FormatOptions): ReturnType<Format> {
  const { text: after, faults } = await formatText(path, text, { options, dialect: server });
  const mistake = faults.find(({ message }) => message.includes('a mistake of proxylint'));
  if (mistake) throw new Error(mistake.message);
  if (faults.length > 0 && after !== text) throw new Error('it is changed though it cannot be read');
  return faults.length > 0 ? undefined : after;
}

export class FormatProof {
  readonly figures: FormatFigures = { played: 0, changed: 0, left: 0, asked: 0, accepted: 0 };
  readonly faults: FormatFault[] = [];
  readonly #server: Server;
  readonly #format: Format;
  readonly #oracle: Oracle;

  /** @param format for a test of the proof itself */
  constructor(server: Server, format?: Format) {
    this.#server = server;
    this.#format = format ?? ((path, text, options) => formatOnce(server, path, text, options));
    this.#oracle = new Oracle(server, undefined, true);
  }

  close(): void {
    this.#oracle.close();
  }

  async play(subject: FixSubject, options: FormatOptions): Promise<void> {
    const { path, text } = subject;
    const fail = (kind: FormatFault['kind'], detail: string): void => {
      this.faults.push({ kind, subject, options, detail });
    };
    this.figures.played++;
    try {
      const after = await this.#format(path, text, options);
      if (after === undefined) this.figures.left++;
      if (after === undefined || after === text) return;
      this.figures.changed++;
      const difference = await this.#differenceOf(path, text, after);
      if (difference !== undefined) fail('words', difference);
      const second = await this.#format(path, after, options);
      if (second !== after) fail('second-run', firstDifference(after, second ?? ''));
      await this.#compareVerdicts(subject, after, fail);
    } catch (error) {
      fail('throws', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }

  async #differenceOf(path: string, before: string, after: string): Promise<string | undefined> {
    const parse = await loadParser(this.#server);
    const [one, other] = [before, after].map((text) => wordsOf(parse(new SourceFile(path, text))).join('\n'));
    return one === other ? undefined : firstDifference(one!, other!);
  }

  async #compareVerdicts(
    { path, text, level, folder }: FixSubject,
    after: string,
    fail: (kind: FormatFault['kind'], detail: string) => void,
  ): Promise<void> {
    const config = await configOf({ path, text, dialect: this.#server, level });
    const before = await this.#oracle.ask({ text, level: config.level, folder });
    const now = await this.#oracle.ask({ text: after, level: config.level, folder });
    if (!before || !now) return;
    this.figures.asked++;
    if (before.accepted) this.figures.accepted++;
    if (before.accepted !== now.accepted || said(before) !== said(now))
      return fail('verdict', `before: ${before.message || 'accepted'}\n    now: ${now.message || 'accepted'}`);
    const [one, other] = [shown(before), shown(now)];
    if (one !== other) fail('config', firstDifference(one, other));
  }
}

/** Without time and process. */
function said({ message }: Verdict): string {
  return message.replace(/^(?:\[[^\]]*\] )+/, '');
}

/** The config as the server prints it, without the places: of nginx each directive, of httpd what `DUMP_CONFIG` gives. */
function shown({ output }: Verdict): string {
  return output
    .split('\n')
    .filter(
      (line) => line.trim() !== '' && !/^\s*#|^(?:nginx|apache2|httpd): |^AH\d+|^\[|^\d{4}\/\d\d\/\d\d /.test(line),
    )
    .map((line) => line.replace(/(?<=\S)\s+/g, ' ').trimEnd())
    .join('\n');
}

function firstDifference(before: string, after: string): string {
  const [one, other] = [before.split('\n'), after.split('\n')];
  const index = one.findIndex((line, at) => line !== other[at]);
  const at = index === -1 ? one.length : index;
  return `line ${at + 1}: ${JSON.stringify(one[at])} became ${JSON.stringify(other[at])}`;
}
