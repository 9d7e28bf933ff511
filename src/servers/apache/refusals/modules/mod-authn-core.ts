import type { Directive } from '../../../../syntax/tree.ts';
import { moduleOfProvider } from '../../facts/providers.ts';
import { refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';

/** `<AuthnProviderAlias provider alias>`, `authaliassection`. */
function judgeAlias(directive: Directive): Refusal | undefined {
  const [provider, alias] = directive.args;
  if (!provider?.value || !alias?.value) return wrongCount(directive, 'a provider and the name of the alias');
  if (provider.value.toLowerCase() === alias.value.toLowerCase()) {
    return refusal(directive, 'the alias must have a name of its own', alias);
  }
  return moduleOfProvider('authentication', alias.value) === undefined
    ? undefined
    : refusal(directive, `a provider of the name "${alias.value}" exists already`, alias);
}

export const handlers: Handlers = { authnprovideralias: judgeAlias };
