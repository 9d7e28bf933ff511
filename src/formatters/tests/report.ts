/** What the formats of `proxylint test` say alike. */
import type { Check } from '../../expectations/check.ts';
import type { Coverage } from '../../expectations/coverage.ts';
import type { Verdict } from '../../expectations/match.ts';
import type { Played } from '../../expectations/run.ts';
import type { RouteRow } from '../../model/routing-table.ts';
import { locate, type Location } from '../report.ts';

export interface TestedFile {
  readonly path: string;
  readonly played: readonly Played[];
  /** Left out: nobody asks. */
  readonly coverage?: Coverage | undefined;
}

export interface TestReport {
  readonly version: string;
  readonly files: readonly TestedFile[];
}

export function countByVerdict(files: readonly TestedFile[]): Readonly<Record<Verdict, number>> {
  const count = { passed: 0, failed: 0, unknown: 0 };
  for (const { played } of files) for (const { verdict } of played) count[verdict]++;
  return count;
}

/** A sentence for each thing that does not hold, or cannot be told. */
export function problemsOf({ checks, problem }: Played): string[] {
  const own = problem === undefined ? [] : [`cannot be told: ${problem}`];
  return [...own, ...checks.filter(({ verdict }) => verdict !== 'passed').map(checkText)];
}

export function checkText({ key, verdict, wanted, actual }: Check): string {
  const cannot = verdict === 'unknown' && !actual.startsWith('cannot be told') ? 'cannot be told; ' : '';
  return `${key}: expected ${wanted}: ${cannot}${actual}`;
}

/** Where the config decides what does not hold; else where the expectation stands. */
export function locationOf(path: string, { at, checks }: Played): Location {
  const place = checks.find(({ verdict, place: decides }) => verdict !== 'passed' && decides)?.place;
  return place ? locate(place) : { file: path, start: at, end: at };
}

/** `0 of 3 routes`. */
export function coverageText({ reached, all }: Coverage): string {
  return `${reached} of ${all} routes reached${all === 0 ? '' : ` (${Math.floor((reached / all) * 100)} %)`}`;
}

export function rowText({ host, match, action, place }: RouteRow): string {
  const { file, start } = locate(place);
  return `${file}:${start.line}: ${host} ${match} (${action})`;
}
