/** Lints the inputs of the command line. */
import type { Finding } from '../rules/finding.ts';
import { DamageCounter, type Damage } from '../fix/damage.ts';
import { overlay } from '../fix/overlay.ts';
import { escapeControls } from '../formatters/escape.ts';
import { sortFindings, type Report } from '../formatters/report.ts';
import type { SourceFile } from '../text/source.ts';
import type { Dialect } from '../syntax/tree.ts';
import { findConfigs, lintSource, type LintResult, type LintSettings } from '../lint/read.ts';
import type { ActiveRule } from '../lint/run.ts';
import { fileAccess } from './file-access.ts';
import type { Input } from './files.ts';
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
  let suppressed = 0;
  let ignored = 0;
  for (const input of mainConfigsFirst(inputs)) {
    const canonical = fileAccess.canonical(input.path);
    if (files.has(canonical)) continue;
    const settings = await project.settingsFor(input.path);
    if (!settings) {
      ignored++;
      continue;
    }
    const { configs } = await lintInput(input, settings, project, type, look);
    if (configs.length === 0) unknown.push(input);
    for (const { source, result, findings: adjusted } of configs) {
      counter.add(source, result);
      findings.push(...adjusted);
      for (const file of result.files) files.set(keyOf(file), file);
      for (const file of result.partial) partial.set(keyOf(file), file);
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

/** A named file that is no config is a mistake in the command line, unless `--ignore-unknown` allows for it. */
export function refuseUnknown({ unknown, files, ignored }: InputReport, ignoreUnknown: boolean): void {
  const named = unknown.find((input) => input.named);
  if (named && !ignoreUnknown) {
    throw new UsageError(`${named.path}: not an nginx, Apache or sslh config (use --type to name the dialect)`);
  }
  if (unknown.length > 0) {
    const names = unknown.slice(0, 3).map((input) => escapeControls(input.path));
    const rest = unknown.length > names.length ? ` and ${unknown.length - names.length} more` : '';
    process.stderr.write(`proxylint: skipped, not an nginx, Apache or sslh config: ${names.join(', ')}${rest}\n`);
  }
  if (files === 0 && ignored === 0 && !ignoreUnknown) throw new UsageError('no nginx, Apache or sslh config found');
}
