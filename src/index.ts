/** The public API. */
export type { Confidence, Edit, Finding, Fix, Related, Severity } from './finding.ts';
export type { FileAccess, ReadResult } from './ir/files.ts';
export { findConfigs, lintSource, type FoundConfig, type LintResult, type LintSettings } from './lint.ts';
export { lintText, type LintTextOptions } from './lint-text.ts';
export type { RuleSetting, RuleSettings } from './config/types.ts';
export { detectDialect } from './detect.ts';
export { defineRule, type Rule, type RuleDefinition, type RuleMeta } from './rules/define-rule.ts';
export { rules } from './rules/index.gen.ts';
export { formats, loadFormatter, type Format } from './formatters/index.ts';
export type { Report } from './formatters/report.ts';
