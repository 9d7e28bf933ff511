/** Applies the comments that silence findings. */
import type { Finding } from '../rules/finding.ts';
import type { Config } from '../syntax/config.ts';
import { groupBy } from '../text/group-by.ts';
import type { SourceFile } from '../text/source.ts';
import { suppressionsOf, type Suppression } from '../syntax/suppressions.ts';

/** A suppression once the other rules have run. */
export interface AppliedSuppression extends Suppression {
  readonly rules: readonly (Suppression['rules'][number] & {
    /** `idle`: the rule did not run, so nothing can be said. */
    readonly status: 'used' | 'unused' | 'idle' | 'unknown';
  })[];
}

export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly suppressions: readonly AppliedSuppression[];
}

export interface KnownRules {
  /** The ids that a comment may name; undefined: any. */
  readonly known: ReadonlySet<string> | undefined;
  /** The ids of the rules that ran. */
  readonly active: ReadonlySet<string>;
}

/** Takes out the findings that the comments of the config's files silence. A comment with a mistake silences nothing. */
export function applySuppressions(
  config: Config,
  findings: readonly Finding[],
  { known, active }: KnownRules,
): Suppressed {
  const suppressions = collect(config);
  if (suppressions.length === 0) return { kept: findings, suppressed: [], suppressions: [] };
  const isValid = ({ mistake, rules }: Suppression): boolean =>
    !mistake && rules.every(({ id }) => known?.has(id) ?? true);
  const { silenced, used } = match(findings, suppressions.filter(isValid));
  const statusOf = (rule: Suppression['rules'][number]): AppliedSuppression['rules'][number]['status'] => {
    if (known && !known.has(rule.id)) return 'unknown';
    if (used.has(rule)) return 'used';
    return active.has(rule.id) ? 'unused' : 'idle';
  };
  return {
    kept: findings.filter((finding) => !silenced.has(finding)),
    suppressed: findings.filter((finding) => silenced.has(finding)),
    suppressions: suppressions.map((suppression) => ({
      ...suppression,
      rules: suppression.rules.map((rule) => ({ ...rule, status: statusOf(rule) })),
    })),
  };
}

/** Those of each file once, however often it is included. */
function collect(config: Config): Suppression[] {
  const seen = new Set<string>();
  return config.files.flatMap((file) => {
    const key = keyOf(file.source);
    return seen.has(key) ? [] : (seen.add(key), suppressionsOf(file));
  });
}

type NamedRule = Suppression['rules'][number];

interface Range {
  readonly start: number;
  readonly end: number;
  readonly rule: NamedRule;
}

/** The findings that a suppression covers, and the rules in suppressions that cover one. */
function match(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): { readonly silenced: ReadonlySet<Finding>; readonly used: ReadonlySet<NamedRule> } {
  const silenced = new Set<Finding>();
  const used = new Set<NamedRule>();
  const findingsOf = groupBy(findings, ({ rule, place }) => `${rule}\0${keyOf(place.file)}`);
  const ranges = suppressions.flatMap(({ rules, covers: { file, start, end } }) =>
    rules.map((rule) => ({ key: `${rule.id}\0${keyOf(file)}`, start, end, rule })),
  );
  for (const [key, group] of groupBy(ranges, (range) => range.key)) {
    const inOrder = (findingsOf.get(key) ?? []).toSorted((a, b) => a.place.start - b.place.start);
    sweep(
      inOrder,
      group.toSorted((a, b) => a.start - b.start),
      silenced,
      used,
    );
  }
  return { silenced, used };
}

/** One way through findings and ranges, both sorted by start: each range is looked at once after it has begun. */
function sweep(
  findings: readonly Finding[],
  ranges: readonly Range[],
  silenced: Set<Finding>,
  used: Set<NamedRule>,
): void {
  let next = 0;
  let coveredTo = -1;
  let begun: Range[] = [];
  for (const finding of findings) {
    const { start } = finding.place;
    while (next < ranges.length && ranges[next]!.start <= start) begun.push(ranges[next++]!);
    for (const { end, rule } of begun) {
      if (end < start) continue;
      used.add(rule);
      coveredTo = Math.max(coveredTo, end);
    }
    // What has not ended before is used by now; what has ended covers nothing that follows.
    begun = [];
    if (start <= coveredTo) silenced.add(finding);
  }
}

function keyOf({ path, outer }: SourceFile): string {
  return `${path}\0${outer?.offset ?? ''}`;
}
