/** One file with the configs in it, each read once for all that is asked of it. */
import { misread } from '../model/unread-parts.ts';
import type { Model } from '../model/model.ts';
import { overviewOf, overviewOfRows, type ConfigOverview } from '../model/overview.ts';
import { routingTable, type RoutingTable } from '../model/routing-table.ts';
import type { FileLookup, Trace, TraceRequest } from '../model/trace.ts';
import { locate } from '../formatters/report.ts';
import type { Finding } from '../rules/finding.ts';
import { loadTracer, lower, serverOf } from '../servers/index.ts';
import type { Config } from '../syntax/config.ts';
import type { Dialect } from '../syntax/tree.ts';
import type { FileAccess } from '../text/files.ts';
import { once } from '../text/once.ts';
import type { SourceFile } from '../text/source.ts';
import { lintReading, type LintResult, type LintSettings } from './lint-source.ts';
import { findConfigs, readConfig, type FoundConfig } from './read.ts';
import { RecordedAccess, type Answers, type Digest } from './recorded-access.ts';
import { refusalsOf } from './refusals.ts';

/** A config of a file, and what linting it gave. */
export interface LintedConfig {
  readonly source: SourceFile;
  readonly result: LintResult;
  /** Those of the result as the settings of each included file want them. */
  readonly findings: readonly Finding[];
}

/** What is to be opened. */
export interface FileToOpen {
  readonly path: string;
  readonly text: string;
  /** Skips detection. */
  readonly dialect?: Dialect | undefined;
}

/** Changes a finding in an included file as its settings want it; undefined drops it. `rootPath`: the file that was opened. */
export type AdjustFinding = (finding: Finding, rootPath: string) => Promise<Finding | undefined>;

interface Reading {
  readonly found: FoundConfig;
  readonly read: () => Promise<Config>;
}

export class OpenFile {
  readonly path: string;
  readonly text: string;
  readonly #dialect: Dialect | undefined;
  readonly #settings: LintSettings;
  readonly #recorded: RecordedAccess | undefined;
  readonly #readings: () => Promise<readonly Reading[]>;
  readonly #refusals = new WeakMap<Config, Promise<Finding | undefined>>();
  /** Linted once. Empty: there is no config in the text. */
  readonly lint: () => Promise<readonly LintedConfig[]>;

  constructor({ path, text, dialect }: FileToOpen, settings: LintSettings, adjust?: AdjustFinding) {
    this.path = path;
    this.text = text;
    this.#dialect = dialect;
    this.#recorded = settings.files && new RecordedAccess(settings.files);
    this.#settings = { ...settings, ...(this.#recorded && { files: this.#recorded }) };
    this.#readings = once(async () => {
      const all = await findConfigs(path, text, dialect);
      return all.map((found) => ({ found, read: once(() => readConfig(found, this.#settings)) }));
    });
    this.lint = once(() => this.#lint(adjust));
  }

  /** Whether opening it now would give the same. `files`: as they are now. */
  isCurrent({ text, dialect }: FileToOpen, files: FileAccess | undefined): boolean {
    if (text !== this.text || dialect !== this.#dialect) return false;
    return files && this.#recorded ? this.#recorded.isCurrent(files) : !files && !this.#recorded;
  }

  /** What was asked of the file access so far; undefined where there is none. */
  answers(digest: Digest): Answers | undefined {
    return this.#recorded?.answers(digest);
  }

  /** What the server does with a request, for each config of a server that can be traced. Throws what reading them throws. */
  async trace(request: TraceRequest, lookup: FileLookup = () => undefined): Promise<readonly Trace[]> {
    const traces: Trace[] = [];
    for (const config of await this.#readInFull()) {
      const trace = await loadTracer(config.dialect);
      const { targets = {} } = this.#settings;
      if (!trace) continue;
      const traced = trace({ config, model: lower(config, targets), targets }, request, lookup);
      traces.push(await this.withRefusal(config, traced));
    }
    return traces;
  }

  /** The trace of one of its configs, with a sentence for one that the server would not load, so that no request is answered. */
  async withRefusal(config: Config, traced: Trace): Promise<Trace> {
    const refusal = await this.refusalOf(config);
    if (!refusal) return traced;
    const { file, start } = locate(refusal.place);
    const reason = refusal.message.replace(/\.$/, '');
    const text = `The server refuses this config (${file}:${start.line}:${start.column}: ${reason}); it is traced as far as it was understood.`;
    return {
      ...traced,
      unknowns: [text, ...traced.unknowns.filter((part) => part !== misread(refusal.place.file.path))],
    };
  }

  /** The first thing for which the server would not load the config. */
  refusalOf(config: Config): Promise<Finding | undefined> {
    let refusal = this.#refusals.get(config);
    if (!refusal) {
      refusal = refusalsOf(config, this.#settings.targets ?? {}).then(([first]) => first);
      this.#refusals.set(config, refusal);
    }
    return refusal;
  }

  /** Which requests each config tells apart. Throws what reading them throws. */
  async routes(): Promise<readonly RoutingTable[]> {
    const configs = await this.#readInFull();
    return configs.map((config) => this.#rowsOf(config) ?? routingTable(this.#lower(config), config.file.source.path));
  }

  /** What each config serves. Throws what reading them throws. */
  async overviews(): Promise<readonly ConfigOverview[]> {
    const configs = await this.#readInFull();
    return configs.map((config) => {
      const files = config.files.map(({ source }) => source);
      const table = this.#rowsOf(config);
      return table ? overviewOfRows(table, files) : overviewOf(this.#lower(config), config.file.source.path, files);
    });
  }

  /** Undefined where the model says it. */
  #rowsOf(config: Config): RoutingTable | undefined {
    const { targets = {} } = this.#settings;
    const rows = serverOf(config.dialect).routes?.(config, targets);
    return rows && { dialect: config.dialect, path: config.file.source.path, rows };
  }

  #lower(config: Config): Model {
    return lower(config, this.#settings.targets ?? {});
  }

  /** The configs of servers that can be traced. One that is too large has `unread` in its file. Throws what reading them throws. */
  async read(): Promise<readonly Config[]> {
    const readings = await this.#readings();
    const traceable = readings.filter(({ found }) => serverOf(found.dialect).loadTracer);
    return Promise.all(traceable.map(({ read }) => read()));
  }

  async #readInFull(): Promise<readonly Config[]> {
    return (await this.read()).filter(({ file }) => file.unread === undefined);
  }

  async #lint(adjust: AdjustFinding | undefined): Promise<readonly LintedConfig[]> {
    const linted: LintedConfig[] = [];
    for (const { found, read } of await this.#readings()) {
      const { source } = found;
      const result = await lintReading(found, read, this.#settings);
      linted.push(await adjusted(source, result, adjust));
    }
    return linted;
  }
}

/** The result with its findings as the settings of each included file want them. */
export async function adjusted(
  source: SourceFile,
  result: LintResult,
  adjust: AdjustFinding | undefined,
): Promise<LintedConfig> {
  if (!adjust) return { source, result, findings: result.findings };
  const findings: Finding[] = [];
  for (const finding of result.findings) {
    const wanted = await adjust(finding, source.path);
    if (wanted) findings.push(wanted);
  }
  return { source, result, findings };
}
