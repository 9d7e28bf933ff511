/** Shared memory zones: where they are defined, and that what is used is defined somewhere. */
import type { Directive } from '../../../../../syntax/tree.ts';
import { defined, defineOnce } from '../../named-once.ts';
import { refuseLack } from '../../refuse.ts';
import { remembered, type Run } from '../../run.ts';

interface Use {
  readonly name: string;
  /** Under which it is defined. */
  readonly key: string;
  readonly directive: Directive;
  /** The directive that would define it, with what follows it. */
  readonly definer: string;
}

const uses = remembered((): Use[] => []);

/** @param value `name:size`; undefined: the parameter is missing */
export function defineZone(run: Run, directive: Directive, value: string | undefined): void {
  if (value === undefined) refuseLack(run, directive, 'the parameter "zone="');
  else {
    const name = value.split(':')[0]!;
    defineOnce(run, directive, `zone ${name}`, 'duplicate-zone', name);
  }
}

/** Where a zone may be defined in what was not read, nothing is said. */
export function useZone(run: Run, directive: Directive, name: string, definer: string, key = `zone ${name}`): void {
  if (run.config.serversComplete) uses(run).push({ name, key, directive, definer });
}

/** nginx knows zones by the directive that makes them as well. */
export function checkZones(run: Run): void {
  for (const { name, key, directive, definer } of uses(run)) {
    if (defined(run).get(key)?.key === definer.split(' ')[0]) continue;
    run.refusals.report({ rule: 'unknown-zone', message: 'unknown', at: directive, data: { name, definer } });
  }
}
