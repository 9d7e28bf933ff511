import type { Dialect } from '../../syntax/tree.ts';
import type { Version } from '../../model/versions.ts';

/** A published weakness of a server that shows only with some configurations. */
export interface Advisory {
  readonly dialect: Dialect;
  /** `CVE-2021-23017`. */
  readonly id: string;
  readonly severity: 'low' | 'medium' | 'high';
  /** Affected versions, both ends included. */
  readonly affected: readonly (readonly [from: Version, to: Version])[];
  /** The first fixed version of each series. */
  readonly fixed: readonly Version[];
  /** Name of the condition that a configuration must fulfil: see `rules/versions/_conditions`. */
  readonly condition: string;
}
