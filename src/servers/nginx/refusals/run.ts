import type { Config } from '../../../syntax/config.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Version } from '../../../model/versions.ts';
import type { Check } from '../../diagnostic.ts';
import type { Refusals } from './refusals.ts';

/** One analysis of one config, as the checks see it. */
export interface Run {
  readonly config: Config;
  readonly version: Version;
  /** The target as the user named it; undefined: the newest version. */
  readonly target: Version | undefined;
  readonly refusals: Refusals;
  /** What checks remember, see {@link remembered}. */
  readonly memories: Map<object, unknown>;
}

export type NginxCheck = Check<Run>;

/** What is known of the checks of one nginx module. */
export interface ModuleChecks {
  /** By name of the directive; several are asked in their order. */
  readonly directives: Readonly<Record<string, NginxCheck | readonly NginxCheck[]>>;
  /** Judges what can be told only when everything was read. */
  readonly end?: (run: Run) => void;
}

/** Something that checks remember from one directive to the next; each run begins with a new one. */
export function remembered<Value extends object>(create: () => Value): (run: Run) => Value {
  const key = {};
  return ({ memories }) => {
    let value = memories.get(key) as Value | undefined;
    if (!value) memories.set(key, (value = create()));
    return value;
  };
}

const numbers = remembered(() => new Map<Directive, number>());

/** A number of its own for each block of the run: the directive that it belongs to; `top` for none. */
export function blockOf({ parent: { owner } }: Directive, run: Run): number | 'top' {
  if (!owner) return 'top';
  const known = numbers(run);
  let number = known.get(owner);
  if (number === undefined) known.set(owner, (number = known.size));
  return number;
}
