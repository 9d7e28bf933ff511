/** The files of an editor's session as proxylint reads them: which config each belongs to, with what is not saved yet. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ConfigError } from '../config/types.ts';
import type { LintSettings } from '../lint/lint-source.ts';
import type { Formatted } from '../format/format-text.ts';
import type { LineRange } from '../format/ranges.ts';
import { findConfigs } from '../lint/read.ts';
import { Session } from '../lint/session.ts';
import { serverOf } from '../servers/index.ts';
import type { Dialect } from '../syntax/tree.ts';
import { Cache } from '../text/cache.ts';
import { directoryOf, join } from '../text/paths.ts';
import type { Folder, LspHost } from './host.ts';
import { dialectOfLanguage } from './languages/identifiers.ts';
import type { Reading } from './reading.ts';
import { View } from './view.ts';

/** As for includes: a fragment lies not far below its main config. */
const levelsUp = 3;
/** A main config with all that it includes, beyond which its parts are looked at by themselves: each change reads it anew. */
const maxContext = 4_000_000;

export class Workspace {
  readonly #host: LspHost;
  readonly #tell: (message: string) => void;
  #session: Session;
  /** Raised by whatever may change what is read. */
  #generation = 0;
  readonly #readings = new Cache<string, { generation: number; reading: Promise<Reading | undefined> }>(48);
  readonly #views = new Cache<string, { generation: number; view: Promise<View | undefined> }>(48);
  /** By the canonical path of a file: the open files that include it. */
  readonly #includedBy = new Map<string, Set<string>>();
  readonly #documents = new Map<string, TextDocument>();

  /** @param tell shows a message to the user */
  constructor(host: LspHost, tell: (message: string) => void) {
    this.#host = host;
    this.#tell = tell;
    this.#session = this.#newSession();
  }

  /** The open documents. */
  get documents(): Iterable<TextDocument> {
    return this.#documents.values();
  }

  /** The open document of a file, by any of its paths. */
  documentOf(path: string): TextDocument | undefined {
    return this.#documents.get(this.#host.canonical(path));
  }

  documentAt(uri: string): TextDocument | undefined {
    return this.documentOf(this.#host.toPath(uri) ?? uri);
  }

  pathOf({ uri }: Pick<TextDocument, 'uri'>): string {
    return this.#host.toPath(uri) ?? uri;
  }

  canonical(path: string): string {
    return this.#host.canonical(path);
  }

  /** Takes the text of a document that was opened or changed. */
  update(document: TextDocument): void {
    const path = this.pathOf(document);
    this.#documents.set(this.canonical(path), document);
    this.#session.setText(path, document.getText());
    this.#generation++;
  }

  close(document: TextDocument): void {
    const path = this.pathOf(document);
    this.#documents.delete(this.canonical(path));
    this.#session.setText(path, undefined);
    this.#forget(path);
    this.#generation++;
  }

  /** Files may have changed on the disk. */
  touch(): void {
    this.#generation++;
  }

  /** What config files and the editor's settings say may have changed. */
  reset(folders: readonly Folder[]): void {
    this.#host.reset(folders);
    this.#session = this.#newSession();
    for (const document of this.#documents.values()) this.#session.setText(this.pathOf(document), document.getText());
    this.#generation++;
  }

  /** The document in the config that it belongs to; undefined for one that is none, or that the settings leave out. */
  async view(document: TextDocument): Promise<View | undefined> {
    const known = this.#views.get(document.uri);
    if (known?.generation === this.#generation) return known.view;
    const view = this.#look(document);
    this.#views.set(document.uri, { generation: this.#generation, view });
    return view;
  }

  /** As {@link view}, of the open document at a URI; undefined also where none is open there. */
  async viewAt(uri: string): Promise<View | undefined> {
    const document = this.documentAt(uri);
    return document && this.view(document);
  }

  /** Of a text, with its fixes applied; undefined: there is nothing to fix in it. */
  async fixed(document: TextDocument): Promise<string | undefined> {
    const path = this.pathOf(document);
    const outcome = await this.#session.fix(path, { dialect: await this.#dialectOf(document) });
    return outcome?.files.find((file) => this.canonical(file.path) === this.canonical(path))?.text;
  }

  /** The layout of a document, or of some of its lines, counted from 1; undefined for a file that is left out. */
  async format(document: TextDocument, range: LineRange | undefined): Promise<Formatted | undefined> {
    const dialect = await this.#dialectOf(document);
    return this.#session.format(this.pathOf(document), { dialect, range });
  }

  async #look(document: TextDocument): Promise<View | undefined> {
    const path = this.pathOf(document);
    const own = await this.#read(path, await this.#dialectOf(document));
    if (!own) return undefined;
    const around = await this.#contextOf(path, own);
    return new View(document, path, around ?? own, (each) => this.canonical(each));
  }

  /** The config that includes a file; undefined: it stands by itself. */
  async #contextOf(path: string, own: Reading): Promise<Reading | undefined> {
    const [config] = own.configs;
    if (!config || own.configs.length > 1 || config.file.source.outer) return undefined;
    const { names } = serverOf(config.dialect);
    if (names.main.some((name) => path.endsWith(`/${name}`))) return undefined;
    const key = this.canonical(path);
    const candidates = [...this.#mainConfigsAround(path, names.main, own), ...(this.#includedBy.get(key) ?? [])];
    let largest: Reading | undefined;
    for (const candidate of candidates) {
      if (this.canonical(candidate) === key) continue;
      const reading = await this.#read(candidate, undefined);
      if (!reading?.paths.has(key) || lengthOf(reading) > maxContext) continue;
      if (!largest || reading.paths.size > largest.paths.size) largest = reading;
    }
    return largest;
  }

  *#mainConfigsAround(path: string, names: readonly string[], { settings }: Reading): Iterable<string> {
    let directory = directoryOf(path);
    for (let level = 0; level <= levelsUp; level++) {
      for (const name of names) {
        const main = join(directory, name);
        if (this.documentOf(main) || settings.files?.read(main).ok) yield main;
      }
      directory = directoryOf(directory);
    }
  }

  #read(path: string, dialect: Dialect | undefined): Promise<Reading | undefined> {
    const known = this.#readings.get(path);
    if (known?.generation === this.#generation) return known.reading;
    const reading = this.#readNow(path, dialect);
    this.#readings.set(path, { generation: this.#generation, reading });
    return reading;
  }

  async #readNow(path: string, dialect: Dialect | undefined): Promise<Reading | undefined> {
    const file = await this.#session.open(path, { dialect }).catch(ignoreFileErrors);
    const settings = file && (await this.#settingsFor(path));
    if (!file || !settings) return undefined;
    const configs = (await file.read()).filter((config) => config.file.unread === undefined);
    const paths = new Set<string>();
    for (const config of configs) for (const { source } of config.files) paths.add(this.canonical(source.path));
    this.#note(path, paths);
    return { path, file, settings, configs, paths };
  }

  #note(path: string, paths: ReadonlySet<string>): void {
    this.#forget(path);
    const own = this.canonical(path);
    for (const each of paths) {
      if (each === own) continue;
      const roots = this.#includedBy.get(each);
      if (roots) roots.add(path);
      else this.#includedBy.set(each, new Set([path]));
    }
    if (paths.size > 1) this.#included.set(path, paths);
  }

  /** What {@link #includedBy} holds of each file. */
  readonly #included = new Map<string, ReadonlySet<string>>();

  #forget(path: string): void {
    for (const each of this.#included.get(path) ?? []) {
      const roots = this.#includedBy.get(each);
      roots?.delete(path);
      if (roots?.size === 0) this.#includedBy.delete(each);
    }
    this.#included.delete(path);
  }

  /** What the editor calls the language counts only where the text does not tell. */
  async #dialectOf(document: TextDocument): Promise<Dialect | undefined> {
    const said = this.#host.dialectOf?.(this.pathOf(document));
    if (said) return said;
    const named = dialectOfLanguage(document.languageId);
    if (named === undefined) return undefined;
    const found = await findConfigs(this.pathOf(document), document.getText());
    return found.length === 0 ? named : undefined;
  }

  #newSession(): Session {
    return new Session({ settingsFor: (path) => this.#settingsFor(path), adjust: this.#host.adjust });
  }

  async #settingsFor(path: string): Promise<LintSettings | undefined> {
    try {
      return await this.#host.settingsFor(path);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#tell(error.message);
      return this.#host.plainSettingsFor(path);
    }
  }
}

function lengthOf({ configs }: Reading): number {
  let length = 0;
  for (const { files } of configs) for (const { source } of files) length += source.text.length;
  return length;
}

function ignoreFileErrors(error: unknown): undefined {
  if (error instanceof Error && error.name === 'FileError') return undefined;
  throw error;
}
