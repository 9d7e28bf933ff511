/** Things that are named once in a whole config: upstreams, zones, log formats. */
import type { Directive } from '../../../syntax/tree.ts';
import { remembered, type Run } from './run.ts';

/** By kind and name (`upstream http backend`), the directive that defined it first. */
export const defined = remembered(() => new Map<string, Directive>());

/** Notes a definition under its key; a second one is reported by the rule. */
export function defineOnce(
  run: Run,
  directive: Directive,
  key: string,
  rule: 'duplicate-zone' | 'duplicate-upstream' | 'duplicate-log-format',
  name: string,
): void {
  const first = firstOf(run, key, directive);
  if (!first) return;
  const related = [{ at: first, message: 'the first is here' }];
  run.refusals.report({ rule, message: 'repeated', at: directive, data: { name }, related });
}

/** The directive that was noted before under the key; else this one is noted. */
export function firstOf(run: Run, key: string, directive: Directive): Directive | undefined {
  const known = defined(run);
  const first = known.get(key);
  if (!first) known.set(key, directive);
  return first;
}
