/** Joins results in JSON. */
import { compareText } from '../../text/paths.ts';
import { escapeJson } from '../escape.ts';
import {
  count,
  distinct,
  effectSchema,
  inOrder,
  mergeEffects,
  text,
  type Merged,
  type Named,
  type PrintedEffect,
  type Severity,
  type Shard,
} from './parts.ts';

const texts = { type: 'array', items: text };
const finding = {
  type: 'object',
  required: ['rule', 'severity', 'message', 'file', 'line', 'column', 'endLine', 'endColumn'],
  properties: {
    rule: text,
    severity: { enum: ['error', 'warning', 'info'] },
    message: text,
    file: text,
    line: count,
    column: count,
    endLine: count,
    endColumn: count,
  },
};
/** What is read of a result; the rest is passed on as it is. */
export const jsonSchema = {
  type: 'object',
  required: ['schemaVersion', 'tool', 'summary', 'findings', 'omitted', 'failures', 'notices', 'configs'],
  properties: {
    schemaVersion: { enum: [1] },
    tool: {
      type: 'object',
      required: ['name', 'version'],
      properties: { name: { enum: ['proxylint'] }, version: text },
    },
    summary: {
      type: 'object',
      required: ['files', 'suppressed', 'partial', 'notLinted'],
      properties: { files: count, suppressed: count, partial: count, notLinted: count, hidden: count },
    },
    findings: { type: 'array', items: finding },
    omitted: {
      type: 'array',
      items: {
        type: 'object',
        required: ['file', 'rule', 'messageId', 'severity', 'count'],
        properties: { count, severity: finding.properties.severity },
      },
    },
    failures: { type: 'array', items: { type: 'object' } },
    notices: { type: 'array', items: { type: 'object', required: ['message'], properties: { message: text } } },
    configs: { type: 'array', items: effectSchema },
    shard: {
      type: 'object',
      required: ['index', 'count', 'files', 'partial'],
      properties: { index: count, count, files: texts, partial: texts },
    },
  },
};

interface PrintedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** As {@link jsonSchema} says. */
export interface JsonResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'proxylint'; readonly version: string };
  readonly summary: {
    readonly files: number;
    readonly suppressed: number;
    readonly partial: number;
    readonly notLinted: number;
    readonly hidden?: number;
  };
  readonly findings: readonly PrintedFinding[];
  readonly omitted: readonly { readonly severity: Severity; readonly count: number }[];
  readonly failures: readonly object[];
  readonly notices: readonly { readonly message: string }[];
  readonly configs: readonly PrintedEffect[];
  readonly shard?: Shard & { readonly files: readonly string[]; readonly partial: readonly string[] };
}

/** Throws {@link MergeError}. */
export function mergeJson(results: readonly Named<JsonResult>[]): Merged {
  const values = inOrder(results, ({ shard }) => shard);
  const { schemaVersion, tool } = values[0]!;
  const findings = mergeFindings(values.flatMap((value) => value.findings));
  const omitted = values.flatMap((value) => value.omitted);
  const failures = values.flatMap((value) => value.failures);
  const notices = values.flatMap((value) => value.notices);
  const summary = mergeSummaries(values, findings, failures.length);
  const document = {
    schemaVersion,
    tool,
    summary,
    findings,
    omitted,
    failures,
    notices: distinct(notices, ({ message }) => message),
    configs: mergeEffects(values.flatMap((value) => value.configs)),
  };
  return {
    text: `${escapeJson(JSON.stringify(document, null, 2))}\n`,
    severities: new Set([...findings, ...omitted].map(({ severity }) => severity)),
    isIncomplete: failures.length > 0 || summary.notLinted > 0,
  };
}

function mergeSummaries(values: readonly JsonResult[], findings: readonly PrintedFinding[], failures: number) {
  const omitted = values.flatMap((value) => value.omitted);
  const sum = (of: (summary: JsonResult['summary']) => number): number =>
    values.reduce((total, { summary }) => total + of(summary), 0);
  const countOf = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length +
    omitted.reduce((total, { severity: each, count: more }) => total + (each === severity ? more : 0), 0);
  return {
    files: named(values, (shard) => shard.files) ?? sum(({ files }) => files),
    errors: countOf('error'),
    warnings: countOf('warning'),
    infos: countOf('info'),
    suppressed: sum(({ suppressed }) => suppressed),
    partial: named(values, (shard) => shard.partial) ?? sum(({ partial }) => partial),
    failures,
    notLinted: sum(({ notLinted }) => notLinted),
    omitted: omitted.reduce((total, { count: more }) => total + more, 0),
    ...(values.some(({ summary }) => summary.hidden !== undefined) && { hidden: sum(({ hidden = 0 }) => hidden) }),
  };
}

/** How many names there are in all; undefined if not every result has some. */
function named(
  values: readonly JsonResult[],
  of: (shard: NonNullable<JsonResult['shard']>) => readonly string[],
): number | undefined {
  if (!values.every(({ shard }) => shard)) return undefined;
  return new Set(values.flatMap(({ shard }) => of(shard!))).size;
}

/** By place, as in the result of one run; what two shards found at one place is there once. */
function mergeFindings(all: readonly PrintedFinding[]): PrintedFinding[] {
  const sorted = all.toSorted(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.rule, b.rule),
  );
  return distinct(sorted, ({ file, line, column, endLine, endColumn, rule, message }) =>
    [file, line, column, endLine, endColumn, rule, message].join('\0'),
  );
}
