/** The public API. */
export type { Failure } from './lint/failure.ts';
export type { Notice } from './text/budget.ts';
export type { Confidence, Edit, Finding, Fix, Related, Severity } from './rules/finding.ts';
export type { FileAccess, ReadResult } from './text/files.ts';
export { findConfigs, type FoundConfig } from './lint/read.ts';
export { lintSource, type LintResult, type LintSettings } from './lint/lint-source.ts';
export { lintText, type LintTextOptions } from './lint/text.ts';
export {
  createSession,
  FileError,
  Session,
  type FixedFiles,
  type FixSettings,
  type FormatRequest,
  type OpenOptions,
  type SessionHost,
} from './lint/session.ts';
export { OpenFile, type LintedConfig } from './lint/open-file.ts';
export {
  formatText,
  type FormatFault,
  type FormatSettings,
  type Formatted,
  type TextEdit,
} from './format/format-text.ts';
export type { FormatOptions } from './format/options.ts';
export type { LineRange } from './format/ranges.ts';
export { OptionError, type SessionOptions } from './lint/options.ts';
export { requestTo, type RequestToTrace } from './lint/request.ts';
export type { FileLookup, Outcome, Trace, TraceRequest } from './model/trace.ts';
export type { RouteRow, RoutingTable } from './model/routing-table.ts';
export type { RuleSetting, RuleSettings } from './config/types.ts';
export { detectDialect } from './servers/detection/detect.ts';
export {
  defineRule,
  type Advice,
  type Check,
  type ChecksByDialect,
  type OptionSchema,
  type OptionSchemas,
  type OptionsOf,
  type Report as RuleReport,
  type Rule,
  type RuleContext,
  type RuleDefinition,
  type RuleMeta,
  type Visitor,
} from './rules/define-rule.ts';
export type { Plugin, PluginRule } from './config/plugins.ts';
export { enclosing, enclosingNamed, headerOf, placeIn } from './syntax/tree.ts';
export { children, childrenNamed, walk } from './syntax/walk.ts';
export type { Block, Comment, ConfigFile, Dialect, Directive, Word } from './syntax/tree.ts';
export type { Config, Level } from './syntax/config.ts';
export type { Listener, Model, Route, Tls, Upstream, VirtualHost } from './model/model.ts';
export type { Place, Position, SourceFile, Span } from './text/source.ts';
export { rules } from './rules/index.gen.ts';
export { formats, loadFormatter, type Format } from './formatters/index.ts';
export type { Report } from './formatters/report.ts';
