/** Lints the inputs of the command line. */
import { describeNotice } from '../../formatters/notices.ts';
import { Budget, type IncludeCount } from '../../text/budget.ts';
import type { ConfigOverview } from '../../model/overview.ts';
import { SourceFile } from '../../text/source.ts';
import type { Dialect } from '../../syntax/tree.ts';
import { adjusted, OpenFile, type LintedConfig } from '../../lint/open-file.ts';
import { timed } from '../../lint/timed.ts';
import type { Timings } from '../../lint/timings.ts';
import type { FixRound } from '../../lint/fix-rounds.ts';
import { hasBlocks } from '../../lint/documents.ts';
import { holderOf } from '../../lint/embedded/holders.ts';
import { isComposeFile } from '../../topology/compose-names.ts';
import { AccessRun, fileAccess } from '../files/file-access.ts';
import type { Input, Inputs } from '../files/find-inputs.ts';
import { mayLink } from '../linked/may-link.ts';
import { listed, maxListed, tell } from '../output.ts';
import type { Project } from '../project/project.ts';
import type { ProjectSettings } from '../project/settings.ts';
import { canonical } from '../files/real-path.ts';
import type { ResultCache } from './result-cache.ts';
import { isInShard, type Shard } from './shard.ts';
import { noteRead } from '../start/tune.ts';
import { UsageError } from '../usage-error.ts';
import { type InputReport, Sum, keyOf } from './run-report.ts';

/** How a run takes part in a larger one. */
export interface RunPart {
  /** Left out: all inputs are linted. */
  readonly shard?: Shard | undefined;
  readonly cache?: ResultCache | undefined;
  readonly timings?: Timings | undefined;
  /** True: what the configs serve is told, too. */
  readonly overviews?: boolean;
  /** True: a named file may well be no config. */
  readonly ignoreUnknown?: boolean;
}

/** What all inputs of a run may cost together. */
interface RunBounds {
  readonly budget: Budget;
  readonly access: AccessRun;
  readonly cache: ResultCache | undefined;
  readonly timings: Timings | undefined;
}

/**
 * Main configs come first, so that the files that they include are not linted once more by themselves. `round`: with the texts of a round
 * of fixes.
 */
export async function lintInputs(
  inputs: Inputs,
  project: Project,
  type: Dialect | undefined,
  round?: FixRound,
  { shard, cache, overviews, timings, ignoreUnknown }: RunPart = {},
): Promise<InputReport> {
  const sum = new Sum(inputs, shard);
  const run: RunBounds = { budget: new Budget(), access: new AccessRun(), cache, timings };
  /** What the inputs of other shards include: it is linted there. */
  const elsewhere = new Set<string>();
  const opening: Opening = { project, type, round, run };
  const open = (input: Input, settings: ProjectSettings): OpenFile => openInput(input, settings, opening);
  /** What is read twice counts once. */
  const again: Opening = { ...opening, run: { ...run, budget: new Budget() } };
  const isLinked = await mayLink(inputs.inputs, project);
  const link = async (): Promise<ReadonlyMap<Input, OpenFile>> =>
    (await import('../linked/link-inputs.ts')).linkInputs(inputs.inputs, project, open);
  const linked = isLinked ? await timed(timings, 'link', link) : undefined;
  for (const input of mainConfigsFirst(inputs.inputs)) {
    const isCompose = isComposeFile(input.path);
    if (isCompose && !holderOf(input.path, input.text)) {
      sum.ignored++;
      continue;
    }
    const key = canonical(input.path);
    if (sum.files.has(key) || elsewhere.has(key)) continue;
    const settings = await project.settingsFor(input.path);
    if (!isInShard(shard, input.path)) {
      if (settings)
        for (const file of await filesOf(input, () => linked?.get(input) ?? open(input, settings))) elsewhere.add(file);
      continue;
    }
    if (!settings) {
      sum.ignored++;
      continue;
    }
    let configs: readonly LintedConfig[];
    try {
      const group = linked?.get(input);
      configs = group
        ? await group.lint()
        : await lintInput(input, settings, isCompose ? { ...opening, type: undefined } : opening);
    } catch (error) {
      sum.addUnreadable(new SourceFile(input.path, round?.textOf(input.path) ?? input.text), error, type);
      continue;
    }
    if (configs.length === 0 && isCompose) sum.ignored++;
    else if (configs.length === 0) sum.unknown.push(input);
    for (const { source, result, findings } of configs) {
      sum.add(source, result);
      for (const finding of findings) sum.findings.push(finding);
    }
    if (overviews) sum.overviews.push(...(await overviewsOf(linked?.get(input) ?? openInput(input, settings, again))));
  }
  if (!ignoreUnknown && sum.files.size > 0) sum.leaveOut(isMistake, `it is ${noConfig}`);
  return sum.report(project);
}

const noConfig = 'not an nginx, Apache or sslh config (use --type to name the dialect)';

/** A named file that is no config. Of the blocks of a document none need be one. */
function isMistake({ named, path, text }: Input): boolean {
  return named && !hasBlocks(path, text) && !isBlank(text);
}

interface Opening {
  readonly project: Project;
  readonly type: Dialect | undefined;
  readonly round: FixRound | undefined;
  readonly run: RunBounds;
}

function openInput(input: Input, settings: ProjectSettings, { project, type, round, run }: Opening): OpenFile {
  noteRead(input.text);
  const { file, bounded } = boundedBy(run, input, settings, type);
  return round?.open(file, bounded) ?? new OpenFile(file, bounded, (...asked) => project.adjust(...asked));
}

function boundedBy(
  { access, budget, timings }: RunBounds,
  { path, text }: Input,
  settings: ProjectSettings,
  dialect?: Dialect,
) {
  return {
    file: { path, text, dialect },
    bounded: { ...settings, files: fileAccess(settings.scope, access), budget, ...(timings && { timings }) },
  };
}

async function lintInput(input: Input, settings: ProjectSettings, opening: Opening): Promise<readonly LintedConfig[]> {
  const { project, type, round, run } = opening;
  if (round) {
    const { file, bounded } = boundedBy(run, input, settings, type);
    return round.lint(file, bounded);
  }
  const { budget, access, cache } = run;
  const known = cache?.find(input, settings, fileAccess(settings.scope, access), budget);
  if (known) {
    const configs: LintedConfig[] = [];
    for (const { source, result } of known)
      configs.push(await adjusted(source, result, (...asked) => project.adjust(...asked)));
    return configs;
  }
  const before = budget.used;
  const file = openInput(input, settings, opening);
  const configs = await file.lint();
  cache?.keep(input, settings, { file, configs, taken: countSince(before, budget) });
  return configs;
}

/** What of it cannot be read is told by linting it. */
async function overviewsOf(file: OpenFile): Promise<readonly ConfigOverview[]> {
  try {
    return await file.overviews();
  } catch {
    return [];
  }
}

function countSince(before: IncludeCount, { used }: Budget): IncludeCount {
  return { files: used.files - before.files, length: used.length - before.length };
}

/** The files of the configs in an input, without linting them; none if they cannot be read. */
async function filesOf(input: Input, open: () => OpenFile): Promise<string[]> {
  // The only way to further files.
  if (!/include/i.test(input.text)) return [];
  try {
    const configs = await open().read();
    return configs.flatMap((config) => config.files.map(({ source }) => keyOf(source)));
  } catch {
    return [];
  }
}

function mainConfigsFirst(inputs: readonly Input[]): Input[] {
  const isMain = ({ path }: Input): boolean => /(?:^|\/)(?:nginx|apache2|httpd)\.conf$/.test(path);
  return [...inputs.filter(isMain), ...inputs.filter((input) => !isMain(input))];
}

/** A run of nothing but named files that are no configs is a mistake in the command line, unless `--ignore-unknown` allows for it. */
export function refuseUnknown(
  report: Pick<InputReport, 'unknown' | 'files' | 'ignored' | 'notLinted' | 'notices' | 'shard'>,
  ignoreUnknown: boolean,
): void {
  const { unknown, files, ignored, notLinted, notices = [], shard } = report;
  const mistake = unknown.find(isMistake);
  if (mistake && !ignoreUnknown) {
    throw new UsageError(`${mistake.path}: ${noConfig}`);
  }
  const blank = unknown.filter((input) => input.named && isBlank(input.text));
  const skipped = unknown.filter((input) => !blank.includes(input));
  if (blank.length > 0) tell(`nothing but comments: ${listed(blank.map(({ path }) => path))}`);
  if (skipped.length > 0) {
    tell(`skipped, not an nginx, Apache or sslh config: ${listed(skipped.map(({ path }) => path))}`);
  }
  const isNamedDocument = unknown.some((input) => input.named && !isMistake(input));
  // Of several shards one may well have none; `merge` looks at them together.
  if (files === 0 && ignored === 0 && notLinted === 0 && !ignoreUnknown && !isNamedDocument && !shard) {
    tell(...notices.slice(0, maxListed).map(describeNotice));
    throw new UsageError('no nginx, Apache or sslh config found');
  }
}

/** Every server reads such a file, as nothing. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
}
