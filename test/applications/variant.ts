/** Configs that break one item of a contract, made of the example that fulfils all of them. */
import type { Application, HeadersNeed, HeaderValue, Need } from '../../src/facts/applications/types.ts';
import type { Version } from '../../src/model/versions.ts';
import type { Lines } from './lines.ts';

export interface Variant {
  /** What is broken, for the name of the test. */
  readonly label: string;
  readonly good: Lines;
  readonly bad: Lines;
  /** The rules that may tell it, and a text of the line of {@link bad} where: the last line that has it. */
  readonly told: Readonly<Record<string, string>>;
  /** True where the recommended set is silent about it. */
  readonly isPedantic?: boolean;
}

/** What is told of an item at once: the same item twice in a contract is told once. */
export function isSame(a: Need, b: Need): boolean {
  return (
    a.about === b.about &&
    subjectsOf(a).some((each) => subjectsOf(b).some((other) => other.startsWith(each) || each.startsWith(other)))
  );
}

function subjectsOf(need: Need): readonly string[] {
  if (need.about === 'headers') return Object.keys(need.values);
  return 'paths' in need && need.paths ? need.paths : [need.about];
}

/** A version that an item holds for; undefined where it holds for the newest. */
export function versionFor({ versions }: Need): Version | undefined {
  if (versions === undefined || !versions.includes('<')) return undefined;
  const lower = />=(\S+)/.exec(versions)?.[1];
  const [, sign, upper] = /(<=?)(\S+)/.exec(versions)!;
  const version = (lower ?? upper!).split('.').map(Number);
  if (lower !== undefined || sign === '<=') return version;
  const last = version.findLastIndex((part) => part > 0);
  return version.map((part, index) => (index < last ? part : index === last ? part - 1 : 99));
}

/** Headers of which rules about all backends tell that they are missing. */
export const genericRules: Readonly<Record<string, string>> = {
  Host: 'missing-host-header',
  'X-Forwarded-Proto': 'missing-forwarded-proto',
  'X-Forwarded-For': 'missing-forwarded-for',
};

/** Of what is read by a setting only, what rules about all backends tell is judged. */
export function isJudged({ values, bySetting, orBy = {} }: HeadersNeed, { name }: Header): boolean {
  const first = addresses.find((each) => values[each]);
  if (addresses.includes(name) && name !== first) return false;
  // Another one of the same item does as well, and is told instead.
  if (name !== 'Host' && orBy[name]?.some((each) => values[each])) return false;
  return !(bySetting && !genericRules[name]) && !(name === 'X-Forwarded-Host' && values['Host'] !== undefined);
}

/** What an application believes, of all its items. */
export function trustedNames({ needs }: Application): readonly string[] {
  return needs.flatMap((need) => (need.about === 'trusted-header' ? need.names : []));
}

const addresses = ['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP'];

/** What has to go with a header, as it does as well. */
export function removedWith({ values, orBy = {} }: HeadersNeed, { name }: Header): ReadonlySet<string> {
  const hosts = name === 'X-Forwarded-Host' && Object.keys(values).length > 1 ? ['Host'] : [];
  const same = addresses.includes(name) ? addresses.filter((each) => values[each]) : [];
  return new Set([name, ...same, ...(orBy[name] ?? []), ...hosts]);
}

export interface Header {
  readonly name: string;
  readonly value: HeaderValue;
}

/** Below a path of their own: whether the item asks for one. */
export function baseFor(need: Need): string {
  const isBelow = need.about === 'sub-path' && need.prefix !== 'impossible';
  return isBelow || (need.about === 'headers' && Object.values(need.values).includes('prefix')) ? '/base' : '';
}
