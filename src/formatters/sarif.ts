import type { Failure } from '../lint/failure.ts';
import { adviceOf } from '../rules/advice.ts';
import type { Finding, Fix } from '../rules/finding.ts';
import type { Place } from '../text/source.ts';
import type { Rule } from '../rules/define-rule.ts';
import { escapeJson } from './escape.ts';
import { fingerprint } from './fingerprint.ts';
import { describeOmitted } from './limit-findings.ts';
import { adviceOn, describeFailure } from './notices.ts';
import { editedOffset, locate, locateInDump, type FormatOptions, type Report } from './report.ts';
import { inRepository } from './repository-path.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
const ranks = { high: 90, medium: 60, low: 30 } as const;

/** Code scanning files the rules with such a figure under security: from 7 on as high, from 4 on as medium. */
const securitySeverities = { error: '8.0', warning: '5.0', info: '2.0' } as const;
const securityCategories: ReadonlySet<string> = new Set(['tls', 'access', 'injection', 'files']);

/** What relative paths start from; viewers and code scanning know the name. */
const sourceRoot = '%SRCROOT%';

/** The location of a file, by its path. One in the repository stays relative, so that a viewer finds it in its own checkout. */
type ToArtifact = (path: string) => object;

interface Context {
  /** Of the rules in the log. */
  readonly indexes: ReadonlyMap<string, number>;
  readonly prints: Map<string, number>;
  readonly artifact: ToArtifact;
}

/** SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function formatSarif(report: Report, { prefix }: FormatOptions): string {
  const artifact: ToArtifact = (path) => {
    const name = inRepository(path, prefix);
    return name.startsWith('/') ? { uri: `file://${uriOf(name)}` } : { uri: uriOf(name), uriBaseId: sourceRoot };
  };
  const { failures = [], configs = [] } = report;
  const named = new Set([...report.findings.map(({ rule }) => rule), ...failures.flatMap(({ rules }) => rules)]);
  const used = report.rules.filter((rule) => named.has(rule.id));
  const indexes = new Map(used.map((rule, index) => [rule.id, index]));
  const urls = new Map(report.findings.map((finding) => [finding.rule, finding.url]));
  const prints = new Map<string, number>();
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'proxylint',
            semanticVersion: report.version,
            informationUri: 'https://github.com/proxylint/proxylint',
            rules: used.map((rule) => descriptor(rule, urls.get(rule.id))),
          },
        },
        // Where it lies is known to who checked it out.
        originalUriBaseIds: { [sourceRoot]: { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: failures.length === 0 && !report.notLinted,
            toolExecutionNotifications: [
              ...failures.flatMap((failure) => failureNotifications(failure, report, indexes, artifact)),
              ...notifications(report, artifact),
            ],
          },
        ],
        properties: {
          suppressed: report.suppressed,
          ...(report.hidden !== undefined && { hidden: report.hidden }),
          configs: configs.map(({ path, ...effect }) => ({ file: path, ...effect })),
          ...(report.shard && { shard: { index: report.shard.index, count: report.shard.count } }),
        },
        results: report.findings.map((finding) => result(finding, { indexes, prints, artifact })),
      },
    ],
  };
  return `${escapeJson(JSON.stringify(log, null, 2))}\n`;
}

/** One a rule, since a notification names one. */
function failureNotifications(
  failure: Failure,
  report: Report,
  indexes: ReadonlyMap<string, number>,
  artifact: ToArtifact,
): object[] {
  const { rules, file, place, message, stack } = failure;
  const artifactLocation = artifact(file.outer?.path ?? file.path);
  const notification = {
    level: 'error',
    message: { text: `${describeFailure(failure)}\n${adviceOn(failure, report)}` },
    locations: [{ physicalLocation: place ? physical(place, artifact) : { artifactLocation } }],
    exception: { message: report.debug && stack !== undefined ? stack : message },
  };
  if (rules.length === 0) return [notification];
  return rules.map((id) => {
    const index = indexes.get(id);
    return { ...notification, associatedRule: { id, ...(index !== undefined && { index }) } };
  });
}

function partialFiles(report: Report): string[] {
  return [...new Set(report.partial.map((file) => file.outer?.path ?? file.path))];
}

function notifications(report: Report, artifact: ToArtifact): object[] {
  const at = (file: string): object[] => [{ physicalLocation: { artifactLocation: artifact(file) } }];
  return [
    ...partialFiles(report).map((file) => ({
      level: 'warning',
      message: { text: 'The file was read only in part, so findings may be missing.' },
      locations: at(file),
    })),
    ...(report.omitted ?? []).map((omitted) => ({
      level: 'note',
      message: { text: describeOmitted(omitted) },
      locations: at(omitted.file),
    })),
    ...(report.notices ?? []).map(({ kind, message, path, place }) => ({
      level: kind === 'outside' ? 'note' : 'warning',
      message: { text: message },
      locations: place ? [{ physicalLocation: physical(place, artifact) }] : at(path),
    })),
  ];
}

function descriptor(rule: Rule, url: string | undefined): object {
  const { id, category, meta } = rule;
  const isSecurity = securityCategories.has(category);
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${meta.summary}.` },
    fullDescription: { text: meta.why },
    help: { text: adviceOf(meta) },
    ...(url !== undefined && { helpUri: url }),
    defaultConfiguration: { level: levels[meta.severity], rank: ranks[meta.confidence] },
    properties: {
      category,
      tags: [category, ...(isSecurity ? ['security'] : []), ...meta.dialects],
      precision: meta.confidence,
      ...(isSecurity && { 'security-severity': securitySeverities[meta.severity] }),
      references: meta.references,
    },
  };
}

function result(finding: Finding, { indexes, prints, artifact }: Context): object {
  const { rule, message, why, how, place, confidence } = finding;
  const dump = locateInDump(place);
  const index = indexes.get(rule);
  return {
    ruleId: rule,
    ...(index !== undefined && { ruleIndex: index }),
    level: levels[finding.severity],
    rank: ranks[confidence],
    message: { text: [message, why, how].join('\n') },
    locations: [{ physicalLocation: physical(place, artifact) }],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((each, id) => ({
        id,
        physicalLocation: physical(each.place, artifact),
        message: { text: each.message },
      })),
    }),
    partialFingerprints: { 'proxylint/v1': fingerprint(finding, prints) },
    ...(finding.fix && { fixes: [fix(finding.fix, artifact)] }),
    properties: {
      confidence,
      dialect: finding.dialect,
      category: finding.category,
      ...(finding.witness !== undefined && { witness: finding.witness }),
      ...(dump && { outer: { file: dump.file, ...dump.start } }),
    },
  };
}

function physical(place: Place, artifact: ToArtifact): object {
  const { file, start, end } = locate(place);
  const region = { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  return { artifactLocation: artifact(file), region };
}

/** One change a file, its replacements in the order of the text. */
function fix({ title, edits }: Fix, artifact: ToArtifact): object {
  const files = [...new Set(edits.map((edit) => locate(edit.place).file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: edits
        .filter((edit) => locate(edit.place).file === file)
        .sort((a, b) => editedOffset(a.place.file, a.place.start) - editedOffset(b.place.file, b.place.start))
        .map(({ place, text }) => {
          const { start, end } = locate(place);
          return {
            deletedRegion: {
              startLine: start.line,
              startColumn: start.column,
              endLine: end.line,
              endColumn: end.column,
            },
            insertedContent: { text },
          };
        }),
    })),
  };
}

function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
