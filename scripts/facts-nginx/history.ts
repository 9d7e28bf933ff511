/** When something came, went and changed, over the release tags. */
import { encoders, type Change } from './encode.ts';
import type { SourceDirective } from './definitions.ts';

export interface Release<Value> {
  readonly version: string;
  /** By `module/name`. */
  readonly found: ReadonlyMap<string, Value>;
}

/** A mainline version, or the first of a stable branch: later ones of a branch get what is older elsewhere. */
export function isMainline(version: string): boolean {
  const [, minor, patch] = version.split('.').map(Number) as [number, number, number];
  return minor % 2 === 1 || patch === 0;
}

export interface Span {
  /** Undefined: older than the releases. */
  readonly since: string | undefined;
  /** First release without it; undefined: it is still there. */
  readonly until: string | undefined;
}

/** @param newest version of what is under way, for what no release has yet */
export function spanOf<Value>(
  releases: readonly Release<Value>[],
  has: (found: ReadonlyMap<string, Value>) => boolean,
  newest: string,
): Span {
  const first = releases.findIndex(({ found }) => has(found));
  const last = releases.findLastIndex(({ found }) => has(found));
  return {
    since: first === -1 ? newest : first === 0 ? undefined : releases[first]!.version,
    until: releases[last + 1]?.version,
  };
}

const followed = ['contexts', 'arguments', 'value', 'variables', 'duplicate'] as const;

/** What a directive was before each version that changed it, newest first. */
export function changesOf(releases: readonly Release<SourceDirective>[], key: string): Change[] {
  const changes: Change[] = [];
  let previous: SourceDirective | undefined;
  for (const { version, found } of releases) {
    const current = found.get(key);
    if (!current) continue;
    if (previous) {
      const was = differences(previous, current);
      if (Object.keys(was).length > 0) changes.unshift({ before: version, was });
    }
    previous = current;
  }
  return changes;
}

/** Of the fields that the table keeps a history of, the old values of those that differ. */
function differences(previous: SourceDirective, current: SourceDirective): Change['was'] {
  const was: Record<string, unknown> = {};
  for (const field of followed) {
    if (previous[field] === undefined || current[field] === undefined) continue;
    const encode = encoders[field] as (value: unknown) => string;
    if (encode(previous[field]) !== encode(current[field])) was[field] = previous[field];
  }
  return was;
}
