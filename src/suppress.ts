/** Applies the comments that silence findings. */
import type { Finding } from './finding.ts';
import type { Config } from './ir/config.ts';
import type { SourceFile } from './ir/source.ts';
import { suppressionsOf, type Suppression } from './ir/suppressions.ts';

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
  const used = new Set<object>();
  const isValid = ({ mistake, rules }: Suppression): boolean =>
    !mistake && rules.every(({ id }) => known?.has(id) ?? true);
  const valid = suppressions.filter(isValid);
  const kept: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of findings) {
    const matching = valid
      .filter((suppression) => isCovered(finding, suppression))
      .flatMap(({ rules }) => rules.filter(({ id }) => id === finding.rule));
    for (const rule of matching) used.add(rule);
    (matching.length > 0 ? suppressed : kept).push(finding);
  }
  const statusOf = (rule: Suppression['rules'][number]): AppliedSuppression['rules'][number]['status'] => {
    if (known && !known.has(rule.id)) return 'unknown';
    if (used.has(rule)) return 'used';
    return active.has(rule.id) ? 'unused' : 'idle';
  };
  return {
    kept,
    suppressed,
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

function isCovered({ place }: Finding, { covers }: Suppression): boolean {
  return place.start >= covers.start && place.start <= covers.end && keyOf(place.file) === keyOf(covers.file);
}

function keyOf({ path, outer }: SourceFile): string {
  return `${path}\0${outer?.offset ?? ''}`;
}
