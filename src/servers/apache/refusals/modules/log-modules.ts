import type { Directive } from '../../../../syntax/tree.ts';
import type { ApacheModules } from '../../meaning/modules.ts';
import { firstRefusal, refusal, type Refusal } from '../refusal.ts';

/** `LogLevel module:level`, `set_loglevel` of `server/core.c`: the module must be loaded. */
export function judgeLogModules(directive: Directive, modules: ApacheModules): Refusal | undefined {
  if (directive.key !== 'loglevel' || !modules.closed) return undefined;
  return firstRefusal(directive.args, (word) => {
    const [, name] = /^([^:]+):/.exec(word.value) ?? [];
    const isMissing = name !== undefined && modules.has(name.replace(/_module$/, '')) === false;
    return isMissing ? refusal(directive, `no module "${name}" is loaded`, word) : undefined;
  });
}
