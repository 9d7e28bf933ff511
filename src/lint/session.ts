/** Lints, fixes and traces files that may exist only in memory, again and again: for the command line, editors and services. */
import type { Formatted } from '../format/format-text.ts';
import type { LineRange } from '../format/ranges.ts';
import { DamageCounter } from '../fix/damage.ts';
import { overlay } from '../fix/overlay.ts';
import type { ChangedFile, Refusal } from '../fix/passes.ts';
import { sortFindings } from '../formatters/report.ts';
import type { Finding } from '../rules/finding.ts';
import { Cache } from '../text/cache.ts';
import type { FileAccess } from '../text/files.ts';
import type { Dialect } from '../syntax/tree.ts';
import { fixInRounds } from './fix-rounds.ts';
import type { LintSettings } from './lint-source.ts';
import { checkDialect, settingsFrom, type SessionOptions } from './options.ts';
import { OpenFile, type AdjustFinding, type LintedConfig } from './open-file.ts';
import { isSameSettings } from './same-settings.ts';

/** What a session asks of its surroundings. It touches nothing else: no file system, no process. */
export interface SessionHost {
  /** How a file is read and linted; undefined for one that is left out. Asked each time that the file is opened. */
  readonly settingsFor: (path: string) => LintSettings | undefined | Promise<LintSettings | undefined>;
  /** What the settings say of a finding in an included file; left out: it stays as it is. */
  readonly adjust?: AdjustFinding;
  /** How many files are kept read, to be asked again; 32 if left out. */
  readonly keep?: number;
}

export interface OpenOptions {
  /** In place of what the file holds. */
  readonly text?: string | undefined;
  /** Skips detection. */
  readonly dialect?: Dialect | undefined;
}

export interface FormatRequest extends OpenOptions {
  /** Only what reaches into these lines is laid out. */
  readonly range?: LineRange | undefined;
}

export interface FixSettings extends OpenOptions {
  /** Also fixes that may change what the server does. */
  readonly unsafe?: boolean;
  /** Whether an included file may be changed, too; left out: none. */
  readonly mayEdit?: (path: string) => boolean;
}

export interface FixedFiles {
  /** The files with another text than before. Nothing is written. */
  readonly files: readonly ChangedFile[];
  /** How many findings were fixed. */
  readonly fixed: number;
  /** What is found in the texts after the fixes. */
  readonly findings: readonly Finding[];
  /** Fixes that are left out, since the config would be worse or they would not come to rest. */
  readonly refused: readonly Refusal[];
}

/** A session over one set of options, the same for every file. Throws {@link OptionError}. */
export async function createSession(options: SessionOptions & Pick<SessionHost, 'keep'> = {}): Promise<Session> {
  const { keep, ...more } = options;
  const settings = await settingsFrom(more, ['keep']);
  return new Session({ settingsFor: () => settings, ...(keep !== undefined && { keep }) });
}

/** A file that a session was asked for cannot be read. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

interface Kept {
  readonly file: OpenFile;
  readonly settings: LintSettings;
}

export class Session {
  readonly #host: SessionHost;
  /** Texts by path, in place of what the files hold. */
  readonly #texts = new Map<string, string>();
  readonly #kept: Cache<string, Kept>;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#kept = new Cache(host.keep ?? 32);
  }

  /** Gives a file a text that is not saved, for itself and for what includes it; undefined: what the file holds is valid again. */
  setText(path: string, text: string | undefined): void {
    if (text === undefined) this.#texts.delete(path);
    else this.#texts.set(path, text);
  }

  /**
   * The file with what it includes. One that is opened again, where neither its text nor anything that it includes nor its settings have
   * changed, is not read again. Undefined for a file that the settings leave out. Throws {@link FileError}.
   */
  async open(path: string, options: OpenOptions = {}): Promise<OpenFile | undefined> {
    checkDialect(options.dialect);
    const settings = await this.#host.settingsFor(path);
    return settings && this.#open(path, options, settings);
  }

  /**
   * Applies the fixes of a file, and of what it includes as far as `mayEdit` allows, until there are none left; nothing is
   * written. Undefined for a file that the settings leave out. Throws {@link FileError}.
   */
  async fix(path: string, options: FixSettings = {}): Promise<FixedFiles | undefined> {
    checkDialect(options.dialect);
    const settings = await this.#host.settingsFor(path);
    if (!settings) return undefined;
    const canonical = (each: string): string => settings.files?.canonical(each) ?? each;
    const files = this.#filesOf(settings);
    const text = options.text ?? this.#textOf(path, settings.files);
    const { look, ...outcome } = await fixInRounds(
      async (round) =>
        lookAt(
          await round.lint({ path, text, dialect: options.dialect }, { ...settings, ...(files && { files }) }),
          canonical,
        ),
      {
        canonical,
        unsafe: options.unsafe === true,
        mayEdit: (file) => canonical(file.path) === canonical(path) || (options.mayEdit?.(file.path) ?? false),
        adjust: this.#host.adjust,
      },
    );
    return { ...outcome, findings: sortFindings([...look.findings]) };
  }

  /**
   * Lays out a file by the settings: the new text, and the edits that lead to it; nothing is written. Undefined for a file that the settings
   * leave out. Throws {@link FileError}.
   */
  async format(path: string, options: FormatRequest = {}): Promise<Formatted | undefined> {
    const { text, dialect, range } = options;
    checkDialect(dialect);
    const settings = await this.#host.settingsFor(path);
    if (!settings) return undefined;
    const { formatText } = await import('../format/format-text.ts');
    const current = text ?? this.#textOf(path, settings.files);
    return formatText(path, current, { options: settings.format, dialect, range });
  }

  #open(path: string, options: OpenOptions, settings: LintSettings): OpenFile {
    const files = this.#filesOf(settings);
    const text = options.text ?? this.#textOf(path, settings.files);
    const wanted = { path, text, dialect: options.dialect };
    const kept = this.#kept.get(path);
    if (kept && isSameSettings(kept.settings, settings) && kept.file.isCurrent(wanted, files)) {
      this.#kept.set(path, kept);
      return kept.file;
    }
    const file = new OpenFile(wanted, { ...settings, ...(files && { files }) }, this.#host.adjust);
    this.#kept.set(path, { file, settings });
    return file;
  }

  /** With the texts that were given in place of those of the files. */
  #filesOf({ files }: LintSettings): FileAccess | undefined {
    return files && overlay(files, byCanonical(this.#texts, files));
  }

  #textOf(path: string, files: FileAccess | undefined): string {
    const text = this.#texts.get(path) ?? (files && byCanonical(this.#texts, files).get(files.canonical(path)));
    if (text !== undefined) return text;
    const result = files?.read(path) ?? { ok: false, reason: 'not-found' };
    if (result.ok) return result.text;
    throw new FileError(`${path}: ${reasons[result.reason]}; give its text, or file access that holds it`);
  }
}

const reasons = {
  'not-found': 'no such file',
  directory: 'is a directory',
  unreadable: 'no regular file',
  denied: 'permission denied',
  'too-large': 'too large for proxylint',
} as const;

function byCanonical(texts: ReadonlyMap<string, string>, files: FileAccess): ReadonlyMap<string, string> {
  return new Map([...texts].map(([path, text]) => [files.canonical(path), text]));
}

function lookAt(configs: readonly LintedConfig[], canonical: (path: string) => string) {
  const counter = new DamageCounter(canonical);
  for (const { source, result } of configs) counter.add(source, result);
  return { findings: configs.flatMap(({ findings }) => [...findings]), damage: counter.damage };
}
