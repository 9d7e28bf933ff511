import { isMethod } from '../../facts/methods.ts';
import { moduleOfProvider } from '../../facts/providers.ts';
import { isIP } from '../ip.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';
import type { Around } from '../around.ts';

/** `add_authz_provider` of `mod_authz_core.c` and the providers' own checks. */
function judgeRequire(directive: Directive, around: Around): Refusal | undefined {
  const words = [...directive.args];
  const negated = /^not$/i.test(words[0]?.value ?? '');
  if (negated) words.shift();
  const [provider, ...rest] = words;
  if (!provider) return wrongCount(directive, 'an authorization provider and its arguments');
  const kind = provider.value;
  if (/^(?:granted|denied)$/i.test(kind)) {
    return badForm(directive, provider, 'an authorization provider such as "all", "ip" or "host"');
  }
  if (kind === 'expr' && rest.length === 0) return wrongCount(directive, 'an expression after "expr"');
  if (kind === 'all') {
    const [value] = rest;
    if (rest.length !== 1 || !/^(?:granted|denied)$/i.test(value?.value ?? '')) {
      return badForm(directive, value ?? provider, '"all granted" or "all denied"');
    }
    if (value!.raw !== value!.value && value!.quote !== '') {
      return refusal(directive, 'it takes "granted" and "denied" without quotes', value);
    }
  }
  if (kind === 'ip') {
    if (rest.length === 0) return wrongCount(directive, 'an address after "ip"');
    const bad = rest.find(({ value }) => isIP(value) === false);
    if (bad) return badForm(directive, bad, 'an IP address, the beginning of one, or a network');
  }
  if (kind === 'method') {
    const bad = rest.find(({ value }) => !isMethod(value));
    if (bad) return badForm(directive, bad, 'an HTTP method');
  }
  if (/^ssl(?:-verify-client)?$/.test(kind) && rest[0]) {
    return wrongCount(directive, `no arguments behind "${kind}"`, negated ? 2 : 1);
  }
  const container = around.authorization?.key;
  // A document may show what stands inside of one.
  const isExcerpt = !directive.parent.owner && directive.parent.file.outer?.kind === 'document';
  if (negated && moduleOfProvider('authorization', kind) !== undefined && container !== 'requireall' && !isExcerpt) {
    return refusal(directive, 'a negated condition has an effect in <RequireAll> only', words[0]);
  }
  return undefined;
}

/** `<AuthzProviderAlias provider alias [arguments]>`, `authz_require_alias_section`. */
function judgeAlias(directive: Directive): Refusal | undefined {
  const [provider, alias, parameters] = directive.args;
  if (!provider?.value || !alias?.value) return wrongCount(directive, 'a provider and the name of the alias');
  if (provider.value !== 'ip') return undefined;
  const words = parameters?.value.split(/\s+/).filter((text) => text !== '') ?? [];
  if (words.length === 0) return wrongCount(directive, 'an address behind the name of the alias');
  return words.every((text) => isIP(text)) ? undefined : badForm(directive, parameters!, 'IP addresses or networks');
}

export const handlers: Handlers = { authzprovideralias: judgeAlias, require: judgeRequire };
