import type { Dialect } from '../syntax/tree.ts';

/** A version as numbers, most significant first: `1.29.7` is `[1, 29, 7]`. */
export type Version = readonly number[];

/** The versions a config is meant for. Undefined: not named, so the newest known version decides what is refused. */
export type Targets = Readonly<Partial<Record<Dialect, Version>>>;

/** Undefined for what is no version. Letters after the numbers (`1.21c`) are ignored. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+(?:\.\d+){0,3})[a-z]?$/.exec(text);
  return match ? match[1]!.split('.').map(Number) : undefined;
}

export function formatVersion(version: Version): string {
  return version.join('.');
}

/** Negative if `a` is older than `b`, 0 if equal; a missing number counts as 0. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function isBefore(version: Version, other: string): boolean {
  return compareVersions(version, parseVersion(other)!) < 0;
}
