/** From a text to its configs: detect, parse, expand includes. Files come in through a {@link FileAccess}. */
import { detectDialect, sampleLength } from '../servers/detection/detect.ts';
import { isForeignName } from '../servers/detection/names.ts';
import { configOf } from '../servers/config.ts';
import { isForeign, loadParser, serverOf } from '../servers/index.ts';
import type { Budget, Notice } from '../text/budget.ts';
import type { Config, Level } from '../syntax/config.ts';
import { dumpAccess, isDump, splitDump } from '../syntax/dump.ts';
import type { FileAccess } from '../text/files.ts';
import { expandIncludes, leaveIncludes } from '../syntax/includes.ts';
import { directoryOf, join } from '../text/paths.ts';
import { isEditedOutside, SourceFile } from '../text/source.ts';
import type { ConfigFile, Dialect } from '../syntax/tree.ts';
import { configBlocks, isDocument } from './documents.ts';
import { holderOf } from './embedded/holders.ts';

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
  /** What it is a piece of, where the text around it says so. */
  readonly level?: Level;
  /** The files that came with it, where it is one of a dump. */
  readonly files?: FileAccess;
}

/**
 * The configs in a text: the text itself, the blocks of a document, what a file in another language holds of them, or the main config of a
 * dump. Empty if there is none of the three dialects in it. `dialect` skips detection.
 */
export async function findConfigs(path: string, text: string, dialect?: Dialect): Promise<FoundConfig[]> {
  if (isDocument(path)) {
    const blocks = configBlocks(path, text, dialect);
    if (blocks.length > 0 || !dialect) return blocks;
  }
  const holder = holderOf(path, text);
  if (holder) {
    const { embeddedConfigs } = await import('./embedded/configs.ts');
    const found = await embeddedConfigs(holder, { path, text }, dialect);
    if (found.length > 0) return found;
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

/** Parses one config with all that it includes. */
export async function readConfig(
  { source, dialect, level, files }: FoundConfig,
  settings: ReadSettings,
): Promise<Config> {
  const parse = await loadParser(dialect);
  const file = parse(source);
  const access = files ?? settings.files;
  // A document, or a file in another language, is no place that a server reads its other files from.
  let notices: readonly Notice[] = [];
  if (access && !isEditedOutside(source.outer)) {
    notices = expandIncludes(file, {
      parse,
      rules: serverOf(dialect).includes,
      isForeign,
      files: access,
      ...baseOf(file, access),
      ...(settings.root !== undefined && { root: settings.root }),
      ...(settings.budget && { budget: settings.budget }),
    });
  } else leaveIncludes(file, serverOf(dialect).includes);
  if (file.unread !== undefined) {
    const { path } = source;
    notices = [{ kind: 'limit', path, message: `"${path}" was not linted: ${file.unread}.` }];
  }
  return configOf(file, level, notices);
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
