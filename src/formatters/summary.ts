import { plural } from './plural.ts';
import { describeLeftOut } from './notices.ts';
import { countBySeverity, type Report } from './report.ts';

/** `proxylint: 1 error, 0 warnings, 0 infos in 3 files`, for formats that are read in logs. */
export function summaryLine(report: Report): string {
  return `proxylint: ${summaryOf(report)}`;
}

/** The same without the name of the program. */
export function summaryOf(report: Report): string {
  const { errors, warnings, infos } = countBySeverity(report);
  const notLinted = report.notLinted ? `, ${report.notLinted} not linted` : '';
  return `${plural(errors, 'error')}, ${plural(warnings, 'warning')}, ${plural(infos, 'info')} in ${plural(report.files, 'file')}${describeLeftOut(report)}${notLinted}`;
}
