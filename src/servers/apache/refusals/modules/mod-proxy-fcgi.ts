import type { Directive } from '../../../../syntax/tree.ts';
import { refusal, type Handlers, type Refusal } from '../refusal.ts';

/** `ProxyFCGISetEnvIf condition [!]name [value]`, `cmd_setenv`; expressions are judged elsewhere. */
function judgeSetEnvironment(directive: Directive): Refusal | undefined {
  const [, name, value] = directive.args;
  if (!name?.value.startsWith('!')) return undefined;
  if (name.value === '!') return refusal(directive, 'a name must stand behind the "!"', name);
  return value && refusal(directive, 'a variable that is unset takes no value', value);
}

export const handlers: Handlers = { proxyfcgisetenvif: judgeSetEnvironment };
