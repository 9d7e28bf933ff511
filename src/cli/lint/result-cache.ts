/** `--cache`: the results of earlier runs, by the path of the input. One holds as long as everything that was asked has the same answer. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FindingKinds, checkKinds, type FindingKind } from '../../lint/finding-kinds.ts';
import type { OpenFile } from '../../lint/open-file.ts';
import {
  packConfigs,
  remapKinds,
  unpackConfigs,
  type ConfigResult,
  type PackedConfigs,
} from '../../lint/packed-configs.ts';
import { describeRead, isAnswered, type Answers } from '../../lint/recorded-access.ts';
import { limits, type Budget, type IncludeCount } from '../../text/budget.ts';
import type { FileAccess } from '../../text/files.ts';
import type { Dialect } from '../../syntax/tree.ts';
import { build } from '../start/build.ts';
import type { Input } from '../files/find-inputs.ts';
import { reasonOf } from '../files/read-found.ts';
import { tell } from '../output.ts';
import { digestOfPlugins } from '../project/plugin-files.ts';
import type { ProjectSettings } from '../project/settings.ts';
import { readFileBounded } from '../files/read-bounded.ts';
import { cacheMark, defaultCache } from './cache-name.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { writeWhole } from '../files/write-whole.ts';

interface Entry {
  /** Of all that decides which findings there are, besides texts. */
  readonly settings: string;
  /** Of the text. */
  readonly text: string;
  readonly answers: Answers;
  /** What it takes of the budget of the run. */
  readonly taken: IncludeCount;
  readonly packed: PackedConfigs;
}

interface Content {
  readonly kinds: readonly FindingKind[];
  readonly entries: Readonly<Record<string, Entry>>;
}

export class ResultCache {
  readonly #location: string;
  readonly #entries: Map<string, Entry>;
  readonly #kinds: FindingKinds;
  readonly #seen = new Set<string>();
  readonly #settings = new WeakMap<ProjectSettings, string>();
  readonly #dialect: Dialect | undefined;
  #isChanged = false;

  /**
   * A cache that is broken or of another version is begun anew. Throws {@link UsageError} for a file that is something else, which is
   * left as it is. `dialect`: that of `--type`.
   */
  constructor(location: string | undefined, dialect: Dialect | undefined) {
    this.#location = fileAt(location ?? defaultCache);
    this.#dialect = dialect;
    const { kinds, entries } = readContent(this.#location);
    this.#kinds = new FindingKinds(kinds);
    this.#entries = new Map(Object.entries(entries));
  }

  /** What linting the input would give now; undefined where that is not known. */
  find(input: Input, settings: ProjectSettings, files: FileAccess, budget: Budget): ConfigResult[] | undefined {
    const entry = this.#entries.get(input.path);
    if (!entry || entry.text !== digest(input.text) || entry.settings !== this.#digestOf(settings)) return undefined;
    const texts = new Map<string, string>();
    const describe = (path: string): string => {
      const result = files.read(path);
      if (result.ok) texts.set(path, result.text);
      return describeRead(result, digest);
    };
    try {
      if (!isAnswered(entry.answers, files, describe)) return undefined;
      const { path, text } = input;
      const found = unpackConfigs(entry.packed, { path, text, textOf: (each) => texts.get(each) }, this.#kinds.list);
      // Where the run is near a limit, it has to be seen what is left out.
      if (!budget.takeAll(entry.taken)) return undefined;
      this.#seen.add(path);
      return found;
    } catch {
      return undefined;
    }
  }

  keep(
    { path, text }: Input,
    settings: ProjectSettings,
    { file, configs, taken }: { file: OpenFile; configs: readonly ConfigResult[]; taken: IncludeCount },
  ): void {
    const packed = packConfigs(configs, this.#kinds);
    const answers = file.answers(digest);
    this.#isChanged ||= this.#entries.has(path) || (packed !== undefined && answers !== undefined);
    this.#entries.delete(path);
    if (!packed || !answers) return;
    this.#seen.add(path);
    this.#entries.set(path, { settings: this.#digestOf(settings), text: digest(text), answers, taken, packed });
  }

  /** Writes what has changed, in one step. Throws {@link UsageError}. */
  save(): void {
    if (!this.#isChanged) return;
    const kinds = new FindingKinds();
    const entries: [string, Entry][] = [];
    for (const [path, entry] of this.#entries) {
      if (!this.#seen.has(path) && !existsSync(path)) continue;
      entries.push([path, { ...entry, packed: remapKinds(entry.packed, this.#kinds.list, kinds) }]);
    }
    const content: Content = { kinds: kinds.list, entries: Object.fromEntries(entries) };
    const body = JSON.stringify(content);
    replace(this.#location, `${headOf(body)}\n${body}\n`);
  }

  #digestOf(settings: ProjectSettings): string {
    let known = this.#settings.get(settings);
    if (known === undefined) {
      const { rules, knownRules = [], plugins, targets, applications, minConfidence, root, suppressions } = settings;
      // What may be read shows in the answers; files that belong together are linted anew.
      const deciding: Record<
        Exclude<
          keyof ProjectSettings,
          'scope' | 'format' | 'files' | 'budget' | 'refusalRules' | 'topologyOf' | 'timings'
        >,
        unknown
      > = {
        rules: rules.map(({ rule, severity, options }) => [rule.id, severity, options]),
        knownRules: [...knownRules],
        plugins: digestOfPlugins(plugins, digest),
        targets,
        applications,
        minConfidence,
        root,
        suppressions,
      };
      known = digest(JSON.stringify([deciding, this.#dialect]));
      this.#settings.set(settings, known);
    }
    return known;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** What made the results decides whether they still hold; the body must be what was written. */
function headOf(body: string): string {
  return `${cacheMark} ${version} ${build} ${process.versions.node} ${digest(body)}`;
}

function fileAt(location: string): string {
  const isDirectory = location.endsWith('/') || statSync(location, { throwIfNoEntry: false })?.isDirectory();
  return isDirectory ? join(location, defaultCache) : location;
}

const nothing: Content = { kinds: [], entries: {} };

function readContent(location: string): Content {
  const text = read(location);
  if (text === undefined || text === '') return nothing;
  if (!text.startsWith(cacheMark)) throw new UsageError(`${location}: no cache of proxylint; it is left as it is`);
  const [head = '', body = ''] = text.split('\n', 2);
  if (!head.startsWith(headOf('').split(' ').slice(0, -1).join(' '))) return nothing;
  try {
    if (head !== headOf(body)) throw new Error('it is not what was written');
    const { kinds, entries } = JSON.parse(body) as Content;
    return { kinds: checkKinds(kinds), entries };
  } catch {
    tell(`${location}: the cache is broken; all is linted anew`);
    return nothing;
  }
}

/** Undefined if there is no such file. */
function read(location: string): string | undefined {
  try {
    const stats = statSync(location, { throwIfNoEntry: false });
    if (!stats) return undefined;
    if (!stats.isFile()) throw new UsageError(`${location}: not a regular file, so no cache`);
    const text = readFileBounded(location, limits.resultBytes);
    if (text === undefined) throw new UsageError(`${location}: too large for a cache; delete it`);
    return text;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${location}: ${reasonOf(error)}`, { cause: error });
  }
}

function replace(location: string, text: string): void {
  try {
    // Messages quote the config.
    writeWhole(location, text, 0o600);
  } catch (error) {
    throw new UsageError(`${location}: the cache cannot be written: ${reasonOf(error)}`, { cause: error });
  }
}
