import { describeLeftOut } from './notices.ts';
import { countBySeverity, type Report } from './report.ts';

/** `proxylint: 1 errors, 0 warnings, 0 infos in 3 files`, for formats that are read in logs. */
export function summaryLine(report: Report): string {
  const { errors, warnings, infos } = countBySeverity(report);
  const notLinted = report.notLinted ? `, ${report.notLinted} not linted` : '';
  return `proxylint: ${errors} errors, ${warnings} warnings, ${infos} infos in ${report.files} files${describeLeftOut(report)}${notLinted}`;
}
