/** The public API. */
export type { Notice } from './budget.ts';
export type { Confidence, Edit, Finding, Fix, Related, Severity } from './finding.ts';
export type { FileAccess, ReadResult } from './ir/files.ts';
export { findConfigs, lintSource, type FoundConfig, type LintResult, type LintSettings } from './lint.ts';
export { lintText, type LintTextOptions } from './lint-text.ts';
export type { RuleSetting, RuleSettings } from './config/types.ts';
export { detectDialect } from './detect.ts';
export {
  defineRule,
  type Report as RuleReport,
  type Rule,
  type RuleContext,
  type RuleDefinition,
  type RuleMeta,
  type Visitor,
} from './rules/define-rule.ts';
export type { Plugin, PluginRule } from './config/plugins.ts';
export { enclosing, enclosingNamed, headerOf, placeIn } from './ir/syntax.ts';
export { children, childrenNamed, walk } from './ir/walk.ts';
export type { Block, Comment, ConfigFile, Dialect, Directive, Word } from './ir/syntax.ts';
export type { Config, Level } from './ir/config.ts';
export type { Listener, Model, Route, Tls, Upstream, VirtualHost } from './ir/model.ts';
export type { Place, Position, SourceFile, Span } from './ir/source.ts';
export { rules } from './rules/index.gen.ts';
export { formats, loadFormatter, type Format } from './formatters/index.ts';
export type { Report } from './formatters/report.ts';
