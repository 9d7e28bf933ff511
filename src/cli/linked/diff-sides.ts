/** Reads both sides of `proxylint diff`, and puts together the configs that are two states of one. */
import { dirname, join, relative, resolve } from 'node:path';
import type { Side } from '../../diff/side.ts';
import { refusalsOf } from '../../lint/refusals.ts';
import { isForeign, loadParser, loadTracer, lower, serverOf } from '../../servers/index.ts';
import type { Config } from '../../syntax/config.ts';
import { expandIncludes } from '../../syntax/includes.ts';
import type { Dialect } from '../../syntax/tree.ts';
import { allFiles } from '../../syntax/walk.ts';
import { groupBy } from '../../text/group-by.ts';
import { SourceFile } from '../../text/source.ts';
import { fileAccess } from '../files/file-access.ts';
import type { OpenedInput } from './link-inputs.ts';
import type { ReadOptions } from '../options.ts';
import { readLinked } from '../files/read-files.ts';
import type { ProjectSettings } from '../project/settings.ts';

/** A config and where it was found. */
export interface Found {
  /** As seen from the path that was given; empty for that path itself. */
  readonly path: string;
  readonly config: Config;
  readonly settings: ProjectSettings;
}

/** The configs that stand by themselves; what another one includes is a part of that. */
export async function findConfigsIn(
  base: string,
  options: ReadOptions,
): Promise<{ readonly found: readonly Found[]; readonly failures: number }> {
  const { files, failures } = await readLinked([base], options);
  const all = await configsOf(files, base);
  const included = new Set(
    all.flatMap(({ config }) => config.files.slice(1).map(({ source }) => resolve(source.path))),
  );
  const alone = all.filter(({ config }) => !included.has(resolve(config.file.source.path)));
  return { found: await joined(alone, base), failures };
}

async function configsOf(files: readonly OpenedInput[], base: string): Promise<readonly Found[]> {
  const all: Found[] = [];
  for (const { file, settings } of files)
    for (const config of await file.read())
      if (config.file.unread === undefined) all.push({ path: relative(base, file.path), config, settings });
  return all;
}

/** Files of virtual hosts that nothing includes here are read by one server: they are taken together, in the order of their names. */
async function joined(all: readonly Found[], base: string): Promise<readonly Found[]> {
  const whole = all.filter((each) => !isPiece(each));
  const byDialect = groupBy(all.filter(isPiece), ({ config }) => config.dialect);
  const together = await Promise.all([...byDialect].map(([dialect, pieces]) => takenTogether(dialect, pieces, base)));
  return [...whole, ...together];
}

function isPiece({ config: { dialect, level, complete, file } }: Found): boolean {
  if (complete || file.source.outer) return false;
  return (dialect === 'nginx' && level === 'http') || (dialect === 'apache' && level === 'server');
}

async function takenTogether(dialect: Dialect, pieces: readonly Found[], base: string): Promise<Found> {
  const [first] = pieces;
  if (pieces.length === 1) return first!;
  const word = dialect === 'nginx' ? 'include' : 'Include';
  const end = dialect === 'nginx' ? ';' : '';
  const paths = pieces.map(({ config }) => resolve(config.file.source.path)).sort();
  const parse = await loadParser(dialect);
  const text = paths.map((path) => `${word} "${path}"${end}\n`).join('');
  const file = parse(new SourceFile(join(base, '(all)'), text));
  const { includes } = serverOf(dialect);
  expandIncludes(file, {
    parse,
    rules: includes,
    isForeign,
    files: fileAccess(first!.settings.scope),
    base: dirname(paths[0]!),
  });
  const config: Config = {
    dialect,
    file,
    files: allFiles(file),
    level: first!.config.level,
    complete: false,
    serversComplete: false,
  };
  return { path: '(all)', config, settings: first!.settings };
}

/** A config that is not there stands for one that serves nothing. Undefined for a server that is not traced. */
export async function sideOf(found: Found | undefined, other: Found): Promise<Side | undefined> {
  const { config: like, settings } = found ?? other;
  const { targets = {} } = settings;
  const tracer = await loadTracer(like.dialect);
  if (!tracer) return undefined;
  const config = found?.config ?? (await emptyLike(like));
  const [refusal] = found ? await refusalsOf(config, targets) : [];
  const forms = await serverOf(like.dialect).loadSettingForms?.();
  return { config, model: lower(config, targets), targets, tracer, forms, refusal };
}

async function emptyLike({ dialect, level, file: { source } }: Config): Promise<Config> {
  const file = (await loadParser(dialect))(new SourceFile(source.path, ''));
  return { dialect, file, files: [file], level, complete: true, serversComplete: true };
}
