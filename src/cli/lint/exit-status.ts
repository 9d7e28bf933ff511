/** Which findings make a run fail. */
import type { Finding } from '../../rules/finding.ts';
import { severities, type LintCommandOptions } from '../options.ts';
import { UsageError } from '../usage-error.ts';

/** By `--fail-on` and `--max-warnings`, which bears so many warnings and no more. Throws {@link UsageError}. */
export function failureTest({
  failOn,
  maxWarnings,
}: Pick<LintCommandOptions, 'failOn' | 'maxWarnings'>): (findings: readonly Finding[]) => boolean {
  const borne = maxWarnings === undefined ? undefined : parseCount(maxWarnings);
  const rank = failOn === 'never' ? -1 : severities.indexOf(failOn);
  return (findings) => {
    const warnings = findings.filter(({ severity }) => severity === 'warning').length;
    if (borne !== undefined && warnings > borne) return true;
    const judged = borne === undefined ? findings : findings.filter(({ severity }) => severity !== 'warning');
    return judged.some(({ severity }) => severities.indexOf(severity) <= rank);
  };
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--max-warnings ${text}: expected a whole number, as in 10`);
  return Number(text);
}
