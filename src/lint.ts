/** The pipeline for one text: detect, parse, check. Works on texts; files come in through a {@link FileAccess}. */
import { detectDialect } from './detect.ts';
import type { Confidence, Finding } from './finding.ts';
import type { Config } from './ir/config.ts';
import type { FileAccess } from './ir/files.ts';
import { SourceFile } from './ir/source.ts';
import type { ConfigFile, Dialect } from './ir/syntax.ts';
import { allFiles } from './ir/walk.ts';
import { lintConfig, type ActiveRule } from './linter.ts';
import { configBlocks, isDocument } from './markdown.ts';
import { loadParser } from './parsers/index.ts';
import type { Targets } from './versions.ts';

export interface LintSettings {
  readonly rules: readonly ActiveRule[];
  readonly targets?: Targets;
  readonly minConfidence?: Confidence;
  /** Resolves includes; without it they stay unresolved. */
  readonly files?: FileAccess;
  /** Prefix for absolute include paths. */
  readonly root?: string;
}

/** What linting one root file, or one block of a document, gave. */
export interface LintResult {
  readonly findings: readonly Finding[];
  /** The root file and the files that it includes, each once. */
  readonly files: readonly SourceFile[];
  /** The files that could be read only in part. */
  readonly partial: readonly SourceFile[];
  /** How many findings a comment in the config silenced. */
  readonly suppressed: number;
}

/**
 * The configs in a text: the text itself, or the fenced blocks of a Markdown document. Empty if there is none of the
 * three dialects in it. `dialect` skips detection.
 */
export function findConfigs(path: string, text: string, dialect?: Dialect): { source: SourceFile; dialect: Dialect }[] {
  if (isDocument(path)) {
    const blocks = configBlocks(path, text, dialect);
    if (blocks.length > 0) return blocks;
  }
  const found = dialect ?? detectDialect(text, path);
  return found ? [{ source: new SourceFile(path, text), dialect: found }] : [];
}

/** Lints one config with all that it includes. */
export async function lintSource(source: SourceFile, dialect: Dialect, settings: LintSettings): Promise<LintResult> {
  const parse = await loadParser(dialect);
  const file = parse(source);
  const config = configOf(file);
  const found = lintConfig(config, { rules: settings.rules, targets: settings.targets ?? {} });
  const least = ranks[settings.minConfidence ?? 'low'];
  return {
    findings: found.filter((finding) => ranks[finding.confidence] >= least),
    files: unique(config.files.map((each) => each.source)),
    partial: unique(config.files.filter((each) => each.problems.length > 0).map((each) => each.source)),
    suppressed: 0,
  };
}

const ranks: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };

function configOf(file: ConfigFile): Config {
  return { dialect: file.dialect, file, files: allFiles(file), level: 'main', complete: false };
}

function unique(sources: readonly SourceFile[]): SourceFile[] {
  const byPath = new Map(sources.map((source) => [`${source.path}\0${source.outer?.offset ?? 0}`, source]));
  return [...byPath.values()];
}
