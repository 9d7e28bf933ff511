/** Lints the inputs of the command line. */
import { readingFailure, type Failure } from '../failure.ts';
import type { Finding } from '../rules/finding.ts';
import { DamageCounter, type Damage } from '../fix/damage.ts';
import { overlay } from '../fix/overlay.ts';
import { sortFindings, type Report } from '../formatters/report.ts';
import { SourceFile } from '../text/source.ts';
import type { Dialect } from '../syntax/tree.ts';
import { type LintResult, type LintSettings, findConfigs, lintSource } from '../lint/read.ts';
import type { ActiveRule } from '../lint/run.ts';
import { hasBlocks } from '../lint/documents.ts';
import { fileAccess } from './file-access.ts';
import type { Input, Unreadable } from './files.ts';
import { isDebugging, runtime, tell } from './output.ts';
import type { Project } from './project.ts';
import { noteRead } from './tune.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

export interface InputReport extends Report {
  readonly damage: Damage;
  /** Inputs in which there is no config. */
  readonly unknown: readonly Input[];
  /** How many inputs the config files leave out. */
  readonly ignored: number;
}

/** How fixes look at the inputs, again and again. */
export interface FixLook {
  /** By canonical path, in place of what the files hold. */
  readonly texts: ReadonlyMap<string, string>;
  readonly refusalRules: readonly ActiveRule[];
  /** By canonical path: what the looks before gave, for inputs of which no file has changed since. */
  readonly earlier: Map<string, LintedInput>;
}

/** What linting one input gave. */
interface LintedInput {
  readonly texts: ReadonlyMap<string, string>;
  readonly configs: readonly LintedConfig[];
}

interface LintedConfig {
  readonly source: SourceFile;
  readonly result: LintResult;
  /** As the config files want them. */
  readonly findings: readonly Finding[];
}

/** Main configs come first, so that the files that they include are not linted once more by themselves. */
export async function lintInputs(
  inputs: readonly Input[],
  project: Project,
  type: Dialect | undefined,
  look: FixLook = { texts: new Map(), refusalRules: [], earlier: new Map() },
): Promise<InputReport> {
  const findings: Finding[] = [];
  const files = new Map<string, SourceFile>();
  const partial = new Map<string, SourceFile>();
  const counter = new DamageCounter(fileAccess.canonical);
  const unknown: Input[] = [];
  let ignored = 0;
  const failures: Failure[] = [];
  let suppressed = 0;
  for (const input of mainConfigsFirst(inputs)) {
    const canonical = fileAccess.canonical(input.path);
    if (files.has(canonical)) continue;
    const settings = await project.settingsFor(input.path);
    if (!settings) {
      ignored++;
      continue;
    }
    let configs: readonly LintedConfig[];
    try {
      ({ configs } = await lintInput(input, settings, project, type, look));
    } catch (error) {
      const source = new SourceFile(input.path, look.texts.get(canonical) ?? input.text);
      failures.push(readingFailure(source, error, type));
      files.set(canonical, source);
      partial.set(canonical, source);
      continue;
    }
    if (configs.length === 0) unknown.push(input);
    for (const { source, result, findings: adjusted } of configs) {
      counter.add(source, result);
      findings.push(...adjusted);
      for (const file of result.files) files.set(keyOf(file), file);
      for (const file of result.partial) partial.set(keyOf(file), file);
      failures.push(...result.failures);
      suppressed += result.suppressed;
    }
  }
  return {
    version,
    findings: sortFindings(findings),
    files: files.size,
    suppressed,
    partial: [...partial.values()],
    rules: project.rules,
    failures,
    configs: project.effects,
    runtime,
    debug: isDebugging(),
    damage: counter.damage,
    unknown,
    ignored,
  };
}

async function lintInput(
  input: Input,
  settings: LintSettings,
  project: Project,
  type: Dialect | undefined,
  { texts, refusalRules, earlier }: FixLook,
): Promise<LintedInput> {
  const canonical = fileAccess.canonical(input.path);
  const before = earlier.get(canonical);
  if (before && isCurrent(before, texts)) return before;
  const text = texts.get(canonical) ?? input.text;
  noteRead(text);
  const access = overlay(fileAccess, texts);
  const configs: LintedConfig[] = [];
  for (const config of findConfigs(input.path, text, type)) {
    const result = await lintSource(config, { ...settings, files: access, refusalRules });
    const findings: Finding[] = [];
    for (const finding of result.findings) {
      const adjusted = await project.adjust(finding, config.source.path);
      if (adjusted) findings.push(adjusted);
    }
    configs.push({ source: config.source, result, findings });
  }
  const linted = { texts, configs };
  earlier.set(canonical, linted);
  return linted;
}

/** Whether the files that the input was read from still have the same texts. */
function isCurrent({ texts: before, configs }: LintedInput, now: ReadonlyMap<string, string>): boolean {
  return configs.every(({ result }) =>
    result.files.every(({ path, outer }) => {
      const key = fileAccess.canonical(outer?.path ?? path);
      return before.get(key) === now.get(key);
    }),
  );
}

function mainConfigsFirst(inputs: readonly Input[]): Input[] {
  const isMain = ({ path }: Input): boolean => /(?:^|\/)(?:nginx|apache2|httpd)\.conf$/.test(path);
  return [...inputs.filter(isMain), ...inputs.filter((input) => !isMain(input))];
}

/** The files of a dump are not those of the disk. */
function keyOf({ path, outer }: SourceFile): string {
  return outer?.kind === 'dump' ? `${outer.path}\0${path}` : fileAccess.canonical(path);
}

/**
 * A named file that is no config is a mistake in the command line, unless `--ignore-unknown` allows for it. Of the
 * blocks of a document none need be one.
 */
export function refuseUnknown({ unknown, files, ignored }: InputReport, ignoreUnknown: boolean): void {
  const isMistake = (input: Input): boolean => input.named && !hasBlocks(input.path, input.text);
  const named = unknown.find(isMistake);
  if (named && !ignoreUnknown) {
    throw new UsageError(`${named.path}: not an nginx, Apache or sslh config (use --type to name the dialect)`);
  }
  if (unknown.length > 0) {
    tell(`skipped, not an nginx, Apache or sslh config: ${listed(unknown)}`);
  }
  const isNamedDocument = unknown.some((input) => input.named && !isMistake(input));
  if (files === 0 && ignored === 0 && !ignoreUnknown && !isNamedDocument)
    throw new UsageError('no nginx, Apache or sslh config found');
}

/** Names what could not be read. Throws {@link UsageError} if nothing else is there. */
export function refuseUnreadable(unreadable: readonly Unreadable[], inputs: readonly Input[]): void {
  if (unreadable.length === 0) return;
  const lines = unreadable.slice(0, maxListed).map(({ path, reason }) => `${path}: ${reason}`);
  const rest = unreadable.length - lines.length;
  if (rest > 0) lines.push(`${rest} more files or directories cannot be read`);
  if (inputs.length === 0) throw new UsageError(lines.join('; '));
  tell(...lines);
}

const maxListed = 3;

function listed(inputs: readonly Input[]): string {
  const names = inputs.slice(0, maxListed).map(({ path }) => path);
  const rest = inputs.length - names.length;
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
