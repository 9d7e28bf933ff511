/** The check of a directive's arguments: by the kind of its value, then by its module, then the variables in it. */
import type { NginxDirective } from '../facts/types.ts';
import { kindCheck } from './kinds.ts';
import { checksOfModule } from './modules/index.ts';
import type { NginxCheck } from './run.ts';
import { variableCheck } from './variables.ts';

export function checkOf(facts: NginxDirective): NginxCheck | undefined {
  const { name, module } = facts;
  const { directives } = checksOfModule(module) ?? { directives: {} };
  const own = Object.hasOwn(directives, name) ? directives[name]! : [];
  const variables = module.startsWith('ngx_mail') ? undefined : variableCheck(facts);
  const all = [kindCheck(facts) ?? [], own, variables ?? []].flat();
  if (all.length < 2) return all[0];
  return (directive, run) => {
    for (const check of all) check(directive, run);
  };
}
