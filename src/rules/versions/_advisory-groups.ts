/** The advisories that may concern a config, and what they have in common. */
import { advisoriesOf, affects, type Advisory } from '../../facts/advisories/index.ts';
import type { Confidence, Severity } from '../finding.ts';
import type { Dialect } from '../../syntax/tree.ts';
import { compareVersions, formatVersion, parseVersion, type Version } from '../../model/versions.ts';
import { listOf } from '../../text/words.ts';

const maximalIds = 6;

export interface KnownVersion {
  readonly version: Version;
  readonly confidence: Confidence;
}

/** The target, or what the header of a config generator says that it was made for. */
export function versionOf(target: Version | undefined, text: string, dialect: Dialect): KnownVersion | undefined {
  if (target) return { version: target, confidence: 'medium' };
  const header = /^# generated \d{4}-\d\d-\d\d,.{0,200}\b(nginx|apache) (\d+\.\d+\.\d+)/im.exec(text.slice(0, 2000));
  const version = header?.[1]!.toLowerCase() === dialect ? parseVersion(header[2]!) : undefined;
  return version && { version, confidence: 'low' };
}

/** The advisories that matter, by condition. */
export function byCondition(dialect: Dialect, version: Version | undefined): Map<string, Advisory[]> {
  const groups = new Map<string, Advisory[]>();
  for (const advisory of advisoriesOf(dialect)) {
    if (version && !affects(advisory, version)) continue;
    const group = groups.get(advisory.condition);
    if (group) group.push(advisory);
    else groups.set(advisory.condition, [advisory]);
  }
  return groups;
}

export function severityOf(advisories: readonly Advisory[]): Severity {
  return advisories.every(({ severity }) => severity === 'low') ? 'info' : 'warning';
}

export function idsOf(advisories: readonly Advisory[]): string {
  const ids = advisories.map(({ id }) => id);
  return ids.length > maximalIds
    ? `${ids.slice(0, maximalIds).join(', ')} and ${ids.length - maximalIds} more`
    : listOf(ids);
}

/** The version that fixes all of them: the newest of the fixes, each in the series of the version if there is one. */
export function fixOf(advisories: readonly Advisory[], version: Version | undefined): string {
  const fixes = advisories.map(
    ({ fixed }) => fixed.find((each) => version && each[0] === version[0] && each[1] === version[1]) ?? fixed[0]!,
  );
  return formatVersion(fixes.reduce((a, b) => (compareVersions(a, b) >= 0 ? a : b)));
}
