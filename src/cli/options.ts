import type { SetName } from '../config/sets.ts';
import type { Confidence, Severity } from '../rules/finding.ts';
import type { Format } from '../formatters/index.ts';
import { dialects, type Dialect } from '../syntax/tree.ts';
import { parseVersion, type Targets, type Version } from '../model/versions.ts';
import { UsageError } from './usage-error.ts';
import { wordTable } from '../text/word-table.ts';

export const confidences = ['low', 'medium', 'high'] as const satisfies readonly Confidence[];
export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** Which config file says what plugins there are. */
export interface PluginOptions {
  /** False: none. */
  readonly config?: string | false;
  /** False: no plugin is run. */
  readonly plugins: boolean;
}

/** The options of every command that reads configs, as commander gathers them. */
export interface ReadOptions extends PluginOptions {
  readonly type?: Dialect;
  readonly target: readonly string[];
  readonly root?: string;
  readonly includeRoot: readonly string[];
  readonly stdinFilename: string;
  /** False: what git ignores is found in directories, too. */
  readonly gitignore?: boolean;
  /** What git tracks it does not ignore, whatever the patterns say; left out: git is not asked. */
  readonly isTracked?: (path: string) => boolean;
  readonly color?: boolean;
}

/** What decides how a file is read and which rules run on it. */
export interface ProjectOptions extends ReadOptions {
  readonly rule: readonly string[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly profile: readonly SetName[];
  readonly minConfidence?: Confidence;
  /** False: comments silence nothing. */
  readonly suppressions?: boolean;
  /** What an editor says, with the keys of a config file, whose last word is that of the config files. */
  readonly layer?: { readonly name: string; readonly directory: string; readonly value: unknown };
}

/** The options of `proxylint lsp`. */
export type LspCommandOptions = PluginOptions & Pick<ReadOptions, 'target' | 'root' | 'includeRoot'>;

/** The options of `proxylint [paths...]`. */
export interface LintCommandOptions extends ProjectOptions {
  readonly format: Format;
  readonly failOn: Severity | 'never';
  readonly ignoreUnknown?: true;
  readonly fix?: true;
  readonly fixUnsafe?: true;
  readonly fixDryRun?: true;
  readonly quiet?: true;
  readonly allFindings?: true;
  readonly compact?: true;
  readonly statistics?: true;
  readonly timings?: true;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  /** A revision of git. */
  readonly diffBase?: string;
  /** How many warnings are borne; text of a whole number. */
  readonly maxWarnings?: string;
  readonly outputFile?: string;
  /** As in `sarif=findings.sarif`. */
  readonly report: readonly string[];
  readonly cache?: true;
  /** Implies `cache`. */
  readonly cacheLocation?: string;
  readonly shard?: string;
}

/** Whether a format shows what the configs serve. */
export function wantsOverviews({ format, report }: Pick<LintCommandOptions, 'format' | 'report'>): boolean {
  return format === 'html' || report.some((each) => each.startsWith('html='));
}

/** Of a command line without options. */
export const lintDefaults: LintCommandOptions = {
  format: 'pretty',
  failOn: 'warning',
  plugins: true,
  suppressions: true,
  profile: [],
  report: [],
  rule: [],
  only: [],
  skip: [],
  target: [],
  includeRoot: [],
  stdinFilename: '<stdin>',
};

/** The options of `proxylint merge`. */
export interface MergeCommandOptions {
  readonly failOn: Severity | 'never';
  readonly outputFile?: string;
}

/** The options of `proxylint fmt`. */
export interface FmtCommandOptions extends PluginOptions {
  readonly type?: Dialect;
  readonly stdinFilename: string;
  readonly gitignore?: boolean;
  readonly check?: true;
  readonly diff?: true;
  readonly range?: string;
  readonly ignoreUnknown?: true;
  readonly outputFile?: string;
}

/** The options of `proxylint config`. */
export type ConfigCommandOptions = ProjectOptions;

/** The options of `proxylint init`. */
export interface InitCommandOptions {
  readonly profile: readonly SetName[];
  readonly target: readonly string[];
}

/** The options of `proxylint rules`. */
export interface RulesCommandOptions extends PluginOptions {
  readonly format: (typeof rulesFormats)[number];
  readonly type?: Dialect;
  readonly category?: string;
  readonly set?: SetName;
  readonly fixable?: true;
  readonly color?: boolean;
}

export const rulesFormats = ['table', 'json'] as const;

export const shells = ['bash', 'zsh', 'fish'] as const;

/** The commands beside linting. */
export const commandNames = [
  'trace',
  'routes',
  'test',
  'topology',
  'diff',
  'rules',
  'explain',
  'merge',
  'lsp',
  'fmt',
  'config',
  'init',
  'completion',
] as const;

export const traceFormats = ['pretty', 'json', 'mermaid'] as const;

/** The options of `proxylint trace`. */
export interface TraceCommandOptions extends ReadOptions {
  readonly format: (typeof traceFormats)[number];
  readonly header: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly bodySize: string;
  readonly checkFiles?: true;
  readonly alpn: readonly string[];
  readonly send?: string;
}

export const routesFormats = ['table', 'json', 'mermaid', 'svg'] as const;

/** The options of `proxylint routes`. */
export interface RoutesCommandOptions extends ReadOptions {
  readonly format: (typeof routesFormats)[number];
  /** Names of virtual hosts; empty: all. */
  readonly host: readonly string[];
  readonly outputFile?: string;
}

export const testFormats = ['pretty', 'json', 'tap', 'junit', 'github'] as const;

/** The options of `proxylint test`. */
export interface TestCommandOptions extends ReadOptions {
  readonly format: (typeof testFormats)[number];
  readonly configs: readonly string[];
  /** Write a file of expectations, instead of testing one. */
  readonly init?: true;
  readonly coverage?: boolean;
  /** URLs of running servers. */
  readonly live: readonly string[];
  /** Text of a percentage. */
  readonly minCoverage?: string;
  readonly outputFile?: string;
}

export const topologyFormats = ['text', 'json', 'mermaid', 'svg'] as const;

/** The options of `proxylint topology`. */
export interface TopologyCommandOptions extends ReadOptions {
  readonly format: (typeof topologyFormats)[number];
  readonly outputFile?: string;
}

export const diffFormats = ['pretty', 'json', 'markdown', 'github'] as const;

/** The options of `proxylint diff`. */
export interface DiffCommandOptions extends ReadOptions {
  readonly format: (typeof diffFormats)[number];
  readonly failOn: Severity | 'never';
  /** A revision of git. */
  readonly git?: string;
  readonly outputFile?: string;
}

/** A number beyond the next one is a slip. */
const newestMajor: Readonly<Record<Dialect, number>> = { nginx: 1, apache: 2, sslh: 2 };

/** `nginx=1.22` and its like, checked. */
export function parseTargets(values: readonly string[]): Targets {
  const targets: Partial<Record<Dialect, Version>> = {};
  for (const value of values) {
    const [name, text, ...rest] = value.split('=');
    const dialect = dialects.find((each) => each === name);
    const version = parseVersion(text ?? '');
    if (!dialect || !version || rest.length > 0) {
      throw new UsageError(
        `--target ${value}: expected nginx=VERSION, apache=VERSION or sslh=VERSION, as in nginx=1.22`,
      );
    }
    if (version[0]! > newestMajor[dialect] + 1)
      throw new UsageError(
        `--target ${value}: no such version; the newest that is known begins with ${newestMajor[dialect]}`,
      );
    targets[dialect] = version;
  }
  return targets;
}

/** `id=severity` and its like; the id is checked later. */
export function parseRuleSettings(values: readonly string[]): Record<string, { severity: Severity | 'off' }> {
  const settings: Record<string, { severity: Severity | 'off' }> = wordTable({});
  for (const value of values) {
    const [id, text, ...rest] = value.split('=');
    const severity = [...severities, 'off' as const].find((each) => each === text);
    if (!id || !severity || rest.length > 0) {
      throw new UsageError(`--rule ${value}: expected RULE=error, RULE=warning, RULE=info or RULE=off`);
    }
    settings[id] = { severity };
  }
  return settings;
}
