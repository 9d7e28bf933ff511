import type { Notice } from '../text/budget.ts';
import { selectRules } from '../config/active-rules.ts';
import type { RuleSettings } from '../config/types.ts';
import type { Failure } from './failure.ts';
import type { Finding } from '../rules/finding.ts';
import { sortFindings } from '../formatters/report.ts';
import type { Place, SourceFile } from '../text/source.ts';
import type { Dialect } from '../syntax/tree.ts';
import { findConfigs, lintSource, type LintResult, type LintSettings } from './read.ts';
import { rules } from '../rules/index.gen.ts';

export interface LintTextOptions extends Omit<LintSettings, 'rules' | 'knownRules'> {
  /** The name that findings carry; it also tells a document from a config. */
  readonly path?: string;
  /** Skips detection. */
  readonly dialect?: Dialect;
  /** Settings by rule id; without any, the recommended rules run. */
  readonly rules?: RuleSettings;
}

/**
 * Lints a text: a config, a document with configs in it, or what `nginx -T` prints. With `files`, includes are followed.
 * `files` of the result is empty if there is no config in the text.
 */
export async function lintText(text: string, options: LintTextOptions = {}): Promise<LintResult> {
  const { path = '<text>', dialect, rules: settings, ...more } = options;
  const knownRules = new Set(rules.map(({ id }) => id));
  const active = selectRules(rules, { settings: settings ? [settings] : [] });
  const findings: Finding[] = [];
  const files: SourceFile[] = [];
  const partial: SourceFile[] = [];
  const problems: Place[] = [];
  const refusals: Place[] = [];
  const failures: Failure[] = [];
  const notices: Notice[] = [];
  let linted = true;
  let suppressed = 0;
  for (const config of findConfigs(path, text, dialect)) {
    const result = await lintSource(config, { ...more, rules: active, knownRules });
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
