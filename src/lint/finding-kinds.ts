/** What many findings share, each combination once. */
import type { Finding } from '../rules/finding.ts';

export type FindingKind = Pick<
  Finding,
  'rule' | 'category' | 'severity' | 'confidence' | 'messageId' | 'why' | 'how' | 'url' | 'dialect'
>;

/** Takes a finding apart into its kind and what is its own. */
export function kindOf(finding: Finding): [kind: FindingKind, own: Omit<Finding, keyof FindingKind>] {
  const { rule, category, severity, confidence, messageId, why, how, url, dialect, ...own } = finding;
  return [{ rule, category, severity, confidence, messageId, why, how, url, dialect }, own];
}

export class FindingKinds {
  readonly list: FindingKind[];
  readonly #indexes: Map<string, number>;

  constructor(list: readonly FindingKind[] = []) {
    this.list = [...list];
    this.#indexes = new Map(list.map((kind, index) => [keyOf(kind), index]));
  }

  /** The index in the list. */
  add(kind: FindingKind): number {
    const key = keyOf(kind);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      this.#indexes.set(key, (index = this.list.length));
      this.list.push(kind);
    }
    return index;
  }
}

/** Throws an `Error` for what is no list of kinds. */
export function checkKinds(list: unknown): readonly FindingKind[] {
  const isKind = (kind: unknown): boolean =>
    typeof kind === 'object' &&
    kind !== null &&
    names.every((name) => typeof (kind as Record<string, unknown>)[name] === 'string') &&
    ['error', 'warning', 'info'].includes((kind as FindingKind).severity) &&
    ['high', 'medium', 'low'].includes((kind as FindingKind).confidence);
  if (!Array.isArray(list) || !list.every(isKind)) throw new Error('the kinds of findings are broken');
  return list as FindingKind[];
}

const names = [
  'rule',
  'category',
  'severity',
  'confidence',
  'messageId',
  'why',
  'how',
  'url',
  'dialect',
] as const satisfies readonly (keyof FindingKind)[];

function keyOf(kind: FindingKind): string {
  return names.map((name) => kind[name]).join('\0');
}
