/** Lints one text, without a session. */
import type { Notice } from '../text/budget.ts';
import type { Failure } from './failure.ts';
import type { Finding } from '../rules/finding.ts';
import { sortFindings } from '../formatters/report.ts';
import type { Place, SourceFile } from '../text/source.ts';
import type { Dialect } from '../syntax/tree.ts';
import type { LintResult } from './lint-source.ts';
import { checkDialect, settingsFrom, type SessionOptions } from './options.ts';
import { OpenFile } from './open-file.ts';

export interface LintTextOptions extends SessionOptions {
  /** The name that findings carry; it also tells a document from a config. */
  readonly path?: string;
  /** Skips detection. */
  readonly dialect?: Dialect;
}

/**
 * Lints a text: a config, a document with configs in it, or what `nginx -T` prints. With `files`, includes are followed.
 * `files` of the result is empty if there is no config in the text. Throws {@link OptionError}.
 */
export async function lintText(text: string, options: LintTextOptions = {}): Promise<LintResult> {
  const { path = '<text>', dialect, ...more } = options;
  checkDialect(dialect);
  const file = new OpenFile({ path, text, dialect }, await settingsFrom(more, ['path', 'dialect']));
  const findings: Finding[] = [];
  const files: SourceFile[] = [];
  const partial: SourceFile[] = [];
  const problems: Place[] = [];
  const refusals: Place[] = [];
  const failures: Failure[] = [];
  const notices: Notice[] = [];
  let linted = true;
  let suppressed = 0;
  for (const { result } of await file.lint()) {
    for (const finding of result.findings) findings.push(finding);
    files.push(...result.files);
    partial.push(...result.partial);
    problems.push(...result.problems);
    refusals.push(...result.refusals);
    failures.push(...result.failures);
    notices.push(...result.notices);
    linted &&= result.linted;
    suppressed += result.suppressed;
  }
  return {
    findings: sortFindings(findings),
    files,
    partial,
    problems,
    refusals,
    suppressed,
    failures,
    notices,
    linted,
  };
}
