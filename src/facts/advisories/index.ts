import type { Dialect } from '../../syntax/tree.ts';
import { compareVersions, parseVersion, type Version } from '../../model/versions.ts';
import { apacheRows } from './apache.ts';
import { nginxRows } from './nginx.ts';
import { sslhRows } from './sslh.ts';
import type { Advisory } from './types.ts';

export type { Advisory } from './types.ts';

const rows = { nginx: nginxRows, apache: apacheRows, sslh: sslhRows } as const;
const known = new Map<Dialect, readonly Advisory[]>();

/** The advisories of a server, newest first. */
export function advisoriesOf(dialect: Dialect): readonly Advisory[] {
  let advisories = known.get(dialect);
  if (!advisories) {
    const lines = rows[dialect].trim().split('\n');
    known.set(dialect, (advisories = lines.map((line) => readAdvisory(dialect, line))));
  }
  return advisories;
}

function readAdvisory(dialect: Dialect, line: string): Advisory {
  const [id, severity, affected, fixed, condition] = line.split(' ') as [
    string,
    Advisory['severity'],
    string,
    string,
    string,
  ];
  return {
    dialect,
    id,
    severity,
    affected: affected
      .split(',')
      .map((range) => range.split('-').map((text) => parseVersion(text)!) as [Version, Version]),
    fixed: fixed === 'none' ? [] : fixed.split(',').map((text) => parseVersion(text)!),
    condition,
  };
}

/** Whether a version has the weakness: within the range, and below the fix of its own series. */
export function affects({ affected, fixed }: Advisory, version: Version): boolean {
  if (!affected.some(([from, to]) => compareVersions(version, from) >= 0 && compareVersions(version, to) <= 0))
    return false;
  const ofSeries = fixed.find((each) => each[0] === version[0] && each[1] === version[1]);
  return !ofSeries || compareVersions(version, ofSeries) < 0;
}
