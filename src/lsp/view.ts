/** A document of the editor in the config that it belongs to. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Model } from '../model/model.ts';
import type { Targets } from '../model/versions.ts';
import { lower } from '../servers/index.ts';
import type { Config } from '../syntax/config.ts';
import type { OpenFile } from '../lint/open-file.ts';
import type { Finding } from '../rules/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { placeInOuter, innerOffsetOf } from '../text/source.ts';
import { cursorIn, type Cursor, type OwnFile } from './cursor.ts';
import type { Reading } from './reading.ts';

const models = new WeakMap<Config, Model>();

export class View {
  readonly document: TextDocument;
  readonly path: string;
  readonly reading: Reading;
  readonly #canonical: (path: string) => string;
  #own: readonly OwnFile[] | undefined;

  constructor(document: TextDocument, path: string, reading: Reading, canonical: (path: string) => string) {
    this.document = document;
    this.path = path;
    this.reading = reading;
    this.#canonical = canonical;
  }

  get targets(): Targets {
    return this.reading.settings.targets ?? {};
  }

  /** What the config means. */
  modelOf(config: Config): Model {
    let model = models.get(config);
    if (!model) models.set(config, (model = lower(config, this.targets)));
    return model;
  }

  /** The files of the config that the document shows: itself once for each place of inclusion, or the blocks in it. */
  get files(): readonly OwnFile[] {
    return (this.#own ??= this.reading.configs.flatMap((config) =>
      config.files
        .filter((file) => this.isShown(file.source.outer?.path ?? file.source.path))
        .map((file) => ({ config, file })),
    ));
  }

  isShown(path: string): boolean {
    return path === this.path || this.#canonical(path) === this.#canonical(this.path);
  }

  /** What stands at an offset of the document; undefined outside of all configs in it. */
  at(offset: number): Cursor | undefined {
    for (const { config, file } of this.files) {
      const inner = innerOffsetOf(file.source, offset);
      if (inner !== undefined) return cursorIn({ config, file }, inner);
    }
    return undefined;
  }

  /** What is found in the document. */
  async findings(): Promise<readonly Finding[]> {
    const found = await findingsByPath(this.reading.file, this.#canonical);
    return found.get(this.#canonical(this.path)) ?? [];
  }
}

const known = new WeakMap<OpenFile, Promise<ReadonlyMap<string, readonly Finding[]>>>();

/** What is found in a config, by the canonical path of the file that shows it. */
export function findingsByPath(
  file: OpenFile,
  canonical: (path: string) => string,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  let found = known.get(file);
  if (!found) known.set(file, (found = sortOut(file, canonical)));
  return found;
}

async function sortOut(file: OpenFile, canonical: (path: string) => string): Promise<Map<string, Finding[]>> {
  const findings = (await file.lint()).flatMap((config) => config.findings);
  return groupBy(findings, ({ place }) => canonical(placeInOuter(place).file.path));
}
