/** The pipeline for one text: detect, parse, expand includes, check. Files come in through a {@link FileAccess}. */
import { detectDialect, sampleLength } from '../servers/detection/detect.ts';
import { isForeignName } from '../servers/detection/names.ts';
import { configOf } from '../servers/config.ts';
import { isForeign, loadParser, serverOf } from '../servers/index.ts';
import type { Budget, Notice } from '../text/budget.ts';
import { type Failure, readingFailure } from './failure.ts';
import type { Confidence, Finding } from '../rules/finding.ts';
import type { Config } from '../syntax/config.ts';
import { dumpAccess, isDump, splitDump } from '../syntax/dump.ts';
import type { FileAccess } from '../text/files.ts';
import { expandIncludes } from '../syntax/includes.ts';
import { directoryOf, join } from '../text/paths.ts';
import { SourceFile, type Place } from '../text/source.ts';
import type { ConfigFile, Dialect } from '../syntax/tree.ts';
import { lintConfig, type ActiveRule, type LintOutcome } from './run.ts';
import { configBlocks, isDocument } from './documents.ts';
import type { Targets } from '../model/versions.ts';

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
}

export interface ReadSettings {
  /** Resolves includes; without it they stay unresolved. */
  readonly files?: FileAccess;
  /** Prefix for absolute include paths. */
  readonly root?: string;
  /** What the configs of a run may include together; without it each has a run to itself. */
  readonly budget?: Budget;
}

/** A config as it was found in a text. */
export interface FoundConfig {
  readonly source: SourceFile;
  readonly dialect: Dialect;
  /** The files that came with it, where it is one of a dump. */
  readonly files?: FileAccess;
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

/**
 * The configs in a text: the text itself, the blocks of a document, or the main config of a dump. Empty
 * if there is none of the three dialects in it. `dialect` skips detection.
 */
export function findConfigs(path: string, text: string, dialect?: Dialect): FoundConfig[] {
  if (isDocument(path)) {
    const blocks = configBlocks(path, text, dialect);
    if (blocks.length > 0 || !dialect) return blocks;
  }
  if (isDump(text)) {
    const sources = splitDump(path, text);
    return [{ source: sources[0]!, dialect: 'nginx', files: dumpAccess(sources) }];
  }
  if (!dialect && isForeignName(path)) return [];
  const source = new SourceFile(path, text);
  const sample = text.length > sampleLength ? new SourceFile(path, text.slice(0, sampleLength)) : source;
  const found = dialect ?? detectDialect(sample.code, path);
  return found ? [{ source, dialect: found }] : [];
}

/** Lints one config with all that it includes. */
export async function lintSource(found: FoundConfig, settings: LintSettings): Promise<LintResult> {
  const { rules, knownRules, targets = {}, minConfidence = 'low', suppressions = true } = settings;
  let config: Config;
  let outcome: LintOutcome;
  let refusals: Place[];
  try {
    config = await readConfig(found, settings);
    if (config.file.unread !== undefined) return { ...nothingOf(found), notices: config.notices ?? [] };
    outcome = await lintConfig(config, { rules, targets, suppressions, ...(knownRules && { knownRules }) });
    refusals = settings.refusalRules?.length ? await refusalsOf(config, settings.refusalRules, targets) : [];
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

async function refusalsOf(config: Config, rules: readonly ActiveRule[], targets: Targets): Promise<Place[]> {
  const { findings, suppressed } = await lintConfig(config, { rules, targets });
  return [...findings, ...suppressed]
    .filter(({ category, severity }) => category === 'syntax' && severity === 'error')
    .map(({ place }) => place);
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

/** Parses one config with all that it includes. */
export async function readConfig({ source, dialect, files }: FoundConfig, settings: ReadSettings): Promise<Config> {
  const parse = await loadParser(dialect);
  const file = parse(source);
  const access = files ?? settings.files;
  // A document is no place that a server reads its other files from.
  let notices: readonly Notice[] = [];
  if (access && source.outer?.kind !== 'document') {
    notices = expandIncludes(file, {
      parse,
      isForeign,
      files: access,
      ...baseOf(file, access),
      ...(settings.root !== undefined && { root: settings.root }),
      ...(settings.budget && { budget: settings.budget }),
    });
  }
  if (file.unread !== undefined) {
    const { path } = source;
    notices = [{ kind: 'limit', path, message: `"${path}" was not linted: ${file.unread}.` }];
  }
  return configOf(file, undefined, notices);
}

/** A fragment stands in the main config's directory or not far below it (`sites-available`, `snippets`). */
const levelsUp = 3;

/** Where relative includes start: the directory of the main config, which for a fragment is the nearest one around it. */
function baseOf(file: ConfigFile, files: FileAccess): { base: string; isBaseKnown: boolean } {
  const { path } = file.source;
  const own = directoryOf(path);
  const { isMainConfig, names } = serverOf(file.dialect);
  if (isMainConfig(file) || names.main.length === 0 || names.main.some((name) => path.endsWith(name)))
    return { base: own, isBaseKnown: true };
  let directory = own;
  for (let level = 0; level < levelsUp; level++) {
    if (names.main.some((name) => files.read(join(directory, name)).ok)) return { base: directory, isBaseKnown: true };
    directory = directoryOf(directory);
  }
  return { base: own, isBaseKnown: false };
}

function problemPlaces({ source, problems }: ConfigFile): Place[] {
  return problems.filter(({ tolerated }) => !tolerated).map(({ start, end }) => ({ file: source, start, end }));
}

function unique(files: readonly ConfigFile[]): SourceFile[] {
  return [...new Map(files.map(({ source }) => [`${source.path}\0${source.outer?.offset ?? 0}`, source])).values()];
}
