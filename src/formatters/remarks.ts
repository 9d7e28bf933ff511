/** What a run has to say besides its findings, in one shape for the formats that give each thing a file and a line. */
import type { Severity } from '../rules/finding.ts';
import type { Position } from '../text/source.ts';
import { describeOmitted } from './limit-findings.ts';
import { adviceOn, describeEffect, describeFailure, describeGone, stackLines } from './notices.ts';
import { locate, type Report } from './report.ts';

export interface Remark {
  readonly kind: 'failure' | 'partial' | 'omitted' | 'notice' | 'baseline' | 'config';
  readonly severity: Severity;
  readonly file: string;
  /** Undefined: it concerns the whole file. */
  readonly start: Position | undefined;
  /** They may hold names of files, errors and config text: to be escaped. */
  readonly lines: readonly string[];
}

/** Failures first, as they mean that findings may be missing. */
export function remarksOf(report: Report): Remark[] {
  const partial = new Set(report.partial.map((file) => file.outer?.path ?? file.path));
  return [
    ...(report.failures ?? []).map((failure): Remark => {
      const { place, file } = failure;
      const at = place && locate(place);
      const lines = [describeFailure(failure), adviceOn(failure, report), ...stackLines(failure, report)];
      const where = { file: at?.file ?? file.outer?.path ?? file.path, start: at?.start };
      return { kind: 'failure', severity: 'error', ...where, lines };
    }),
    ...[...partial].map((file): Remark => {
      const lines = ['Read only in part, so findings may be missing.'];
      return { kind: 'partial', severity: 'warning', file, start: undefined, lines };
    }),
    ...(report.omitted ?? []).map((omitted): Remark => {
      const { file, severity } = omitted;
      return { kind: 'omitted', severity, file, start: undefined, lines: [describeOmitted(omitted)] };
    }),
    ...(report.notices ?? []).map(({ place, path, message }): Remark => {
      const at = place && locate(place);
      return { kind: 'notice', severity: 'info', file: at?.file ?? path, start: at?.start, lines: [message] };
    }),
    ...(describeGone(report) === '' ? [] : [goneRemark(report)]),
    ...(report.configs ?? []).map((effect): Remark => {
      const lines = [`${describeEffect(effect)}.`];
      return { kind: 'config', severity: 'info', file: effect.path, start: undefined, lines };
    }),
  ];
}

function goneRemark(report: Report): Remark {
  const file = report.baseline?.path ?? '';
  return { kind: 'baseline', severity: 'info', file, start: undefined, lines: [`${describeGone(report)}.`] };
}
