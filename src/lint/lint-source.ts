/** Lints one config with all that it includes. */
import type { ApplicationSetting } from '../facts/applications/told.ts';
import type { Targets } from '../model/versions.ts';
import type { Confidence, Finding } from '../rules/finding.ts';
import type { FormatOptions } from '../format/options.ts';
import type { Config } from '../syntax/config.ts';
import type { ConfigFile } from '../syntax/tree.ts';
import type { Notice } from '../text/budget.ts';
import type { Place, SourceFile } from '../text/source.ts';
import type { Topology } from '../topology/topology.ts';
import { readingFailure, type Failure } from './failure.ts';
import { readConfig, type FoundConfig, type ReadSettings } from './read.ts';
import { refusalsOf } from './refusals.ts';
import { lintConfig, type LintOutcome } from './run.ts';
import type { ActiveRule } from './plan.ts';
import { timed } from './timed.ts';
import type { Timings } from './timings.ts';

export interface LintSettings extends ReadSettings {
  readonly rules: readonly ActiveRule[];
  /** The ids that a comment may silence; left out: any. */
  readonly knownRules?: ReadonlySet<string>;
  readonly targets?: Targets;
  readonly minConfidence?: Confidence;
  /** Rules by which {@link LintResult.refusals} are found, whatever rules are on. */
  readonly refusalRules?: readonly ActiveRule[];
  /** False: comments silence nothing. */
  readonly suppressions?: boolean;
  /** The configs that the config belongs to; undefined: it stands by itself. */
  readonly topologyOf?: (config: Config) => Topology | undefined;
  /** Which applications stand behind hosts and backends; others are told by evidence. */
  readonly applications?: readonly ApplicationSetting[];
  /** To be told what takes time; left out: nobody asks. */
  readonly timings?: Timings | undefined;
  /** How files are laid out; it has no say in what is found. */
  readonly format?: FormatOptions;
}

/** What linting one config gave. */
export interface LintResult {
  readonly findings: readonly Finding[];
  /** The root file and the files that it includes, each once. */
  readonly files: readonly SourceFile[];
  /** The files that could be read only in part. */
  readonly partial: readonly SourceFile[];
  /** What the parser could not accept, without what the server tolerates. */
  readonly problems: readonly Place[];
  /** What the server refuses, also where it is not reported; empty without `refusalRules`. */
  readonly refusals: readonly Place[];
  /** How many findings a comment in the config silenced. */
  readonly suppressed: number;
  /** Rules that threw, or the reading of the config. Findings may be missing then. */
  readonly failures: readonly Failure[];
  /** What was left unread, and why. */
  readonly notices: readonly Notice[];
  /** False where nothing of the config could be read. */
  readonly linted: boolean;
}

/** Lints one config with all that it includes. */
export function lintSource(found: FoundConfig, settings: LintSettings): Promise<LintResult> {
  return lintReading(found, () => readConfig(found, settings), settings);
}

/** Lints a config that `read` gives; what it throws becomes a failure. */
export async function lintReading(
  found: FoundConfig,
  read: () => Promise<Config>,
  settings: LintSettings,
): Promise<LintResult> {
  const {
    rules,
    knownRules,
    targets = {},
    minConfidence = 'low',
    suppressions = true,
    applications = [],
    timings,
  } = settings;
  let config: Config;
  let outcome: LintOutcome;
  let refusals: Place[];
  try {
    config = await timed(timings, 'read', read);
    if (config.file.unread !== undefined) return { ...nothingOf(found), notices: config.notices ?? [] };
    const topology = settings.topologyOf?.(config);
    const lint = (): Promise<LintOutcome> =>
      lintConfig(config, {
        rules,
        targets,
        suppressions,
        applications,
        ...(knownRules && { knownRules }),
        ...(topology && { topology }),
        ...(timings && { timings }),
      });
    outcome = await timed(timings, 'rules', lint);
    const asked = settings.refusalRules ?? [];
    const refused = asked.length > 0 ? await refusalsOf(config, targets, asked) : [];
    refusals = refused.map(({ place }) => place);
  } catch (error) {
    const failures = [readingFailure(found.source, error, found.dialect)];
    return { ...nothingOf(found), files: [found.source], failures };
  }
  const { findings, suppressed, failures } = outcome;
  const { notices = [] } = config;
  const stopped = new Set(notices.filter(({ kind }) => kind === 'limit').map(({ place }) => place?.file));
  const isSure = (finding: Finding): boolean => ranks[finding.confidence] >= ranks[minConfidence];
  return {
    findings: findings.filter(isSure),
    files: unique(config.files),
    partial: unique(config.files.filter((file) => file.problems.length > 0 || stopped.has(file.source))),
    problems: config.files.flatMap(problemPlaces),
    refusals,
    suppressed: suppressed.filter(isSure).length,
    failures,
    notices,
    linted: true,
  };
}

/** Of a config that could not be read. */
function nothingOf({ source }: FoundConfig): LintResult {
  return {
    findings: [],
    files: [],
    partial: [source],
    problems: [],
    refusals: [],
    suppressed: 0,
    failures: [],
    notices: [],
    linted: false,
  };
}

const ranks: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };

function problemPlaces({ source, problems }: ConfigFile): Place[] {
  return problems.filter(({ tolerated }) => !tolerated).map(({ start, end }) => ({ file: source, start, end }));
}

function unique(files: readonly ConfigFile[]): SourceFile[] {
  return [...new Map(files.map(({ source }) => [`${source.path}\0${source.outer?.offset ?? 0}`, source])).values()];
}
