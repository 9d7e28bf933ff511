/** Lints the inputs of the command line. */
import { Budget, type Notice } from '../budget.ts';
import type { Finding } from '../rules/finding.ts';
import { DamageCounter, type Damage } from '../fix/damage.ts';
import { overlay } from '../fix/overlay.ts';
import { escapeControls } from '../formatters/escape.ts';
import { sortFindings, type Report } from '../formatters/report.ts';
import type { SourceFile } from '../text/source.ts';
import type { Dialect } from '../syntax/tree.ts';
import { findConfigs, lintSource } from '../lint/read.ts';
import { canonical, EntryCounter, fileAccess } from './file-access.ts';
import type { Input, Inputs } from './files.ts';
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
  readonly notLinted: number;
}

/**
 * Main configs come first, so that the files that they include are not linted once more by themselves. `texts`, by
 * canonical path, stand in place of those of the files.
 */
export async function lintInputs(
  { inputs, unread, notices: found }: Inputs,
  project: Project,
  type: Dialect | undefined,
  texts: ReadonlyMap<string, string> = new Map(),
): Promise<InputReport> {
  const findings: Finding[] = [];
  const files = new Map<string, SourceFile>();
  const partial = new Map<string, SourceFile>();
  const notices = new Map<string, Notice>();
  for (const notice of [...unread, ...found]) notices.set(notice.message, notice);
  let notLinted = unread.length;
  const counter = new DamageCounter(remembered(canonical));
  const budget = new Budget();
  const entries = new EntryCounter();
  const unknown: Input[] = [];
  let suppressed = 0;
  let ignored = 0;
  for (const input of mainConfigsFirst(inputs)) {
    const key = canonical(input.path);
    if (files.has(key)) continue;
    const settings = await project.settingsFor(input.path);
    if (!settings) {
      ignored++;
      continue;
    }
    const text = texts.get(key) ?? input.text;
    noteRead(text);
    const configs = findConfigs(input.path, text, type);
    if (configs.length === 0) unknown.push(input);
    const access = overlay(fileAccess(settings.scope, entries), texts);
    for (const config of configs) {
      const result = await lintSource(config, { ...settings, files: access, budget });
      for (const notice of result.notices) if (!notices.has(notice.message)) notices.set(notice.message, notice);
      if (!result.linted) notLinted++;
      counter.add(config.source, result);
      for (const finding of result.findings) {
        const adjusted = await project.adjust(finding, config.source.path);
        if (adjusted) findings.push(adjusted);
      }
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
    notices: [...notices.values()],
    notLinted,
  };
}

/** There may be a hundred thousand findings in a file. */
function remembered(canonical: (path: string) => string): (path: string) => string {
  const known = new Map<string, string>();
  return (path) => {
    let found = known.get(path);
    if (found === undefined) known.set(path, (found = canonical(path)));
    return found;
  };
}

function mainConfigsFirst(inputs: readonly Input[]): Input[] {
  const isMain = ({ path }: Input): boolean => /(?:^|\/)(?:nginx|apache2|httpd)\.conf$/.test(path);
  return [...inputs.filter(isMain), ...inputs.filter((input) => !isMain(input))];
}

/** The files of a dump are not those of the disk. */
function keyOf({ path, outer }: SourceFile): string {
  return outer?.kind === 'dump' ? `${outer.path}\0${path}` : canonical(path);
}

/** A named file that is no config is a mistake in the command line, unless `--ignore-unknown` allows for it. */
export function refuseUnknown({ unknown, files, ignored, notLinted }: InputReport, ignoreUnknown: boolean): void {
  const named = unknown.find((input) => input.named);
  if (named && !ignoreUnknown) {
    throw new UsageError(`${named.path}: not an nginx, Apache or sslh config (use --type to name the dialect)`);
  }
  if (unknown.length > 0) {
    const names = unknown.slice(0, 3).map((input) => escapeControls(input.path));
    const rest = unknown.length > names.length ? ` and ${unknown.length - names.length} more` : '';
    process.stderr.write(`proxylint: skipped, not an nginx, Apache or sslh config: ${names.join(', ')}${rest}\n`);
  }
  if (files === 0 && ignored === 0 && notLinted === 0 && !ignoreUnknown)
    throw new UsageError('no nginx, Apache or sslh config found');
}
