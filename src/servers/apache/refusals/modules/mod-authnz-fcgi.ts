import { readFlag } from '../../meaning/settings.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';

/** `AuthnzFcgiDefineProvider type name backend`, `fcgi_define_provider`. */
function judgeDefinition(directive: Directive): Refusal | undefined {
  const [type, name, backend, extra] = directive.args;
  if (type && !/^auth(?:n|z|nz)$/i.test(type.value)) return badForm(directive, type, '"authn", "authz" or "authnz"');
  if (!name || !backend || extra) return wrongCount(directive, 'a type, a name and the address of the backend', 3);
  const port = /^fcgi:\/\/(?:[^[\]/]*|\[[^\]]*\]):(\d+)\/?$/.exec(backend.value)?.[1];
  return port !== undefined && Number(port) <= 65_535
    ? undefined
    : badForm(directive, backend, 'an address such as "fcgi://localhost:9000/"');
}

/** `AuthnzFcgiCheckAuthnProvider name [option value ...]`, `fcgi_check_authn_provider`; the expression is judged elsewhere. */
function judgeCheck(directive: Directive): Refusal | undefined {
  const [name, ...options] = directive.args;
  if (!name) return wrongCount(directive, 'the name of a provider, or "None"');
  if (/^none$/i.test(name.value)) return options[0] && refusal(directive, '"None" takes no options', options[0]);
  for (let index = 0; index < options.length; index += 2) {
    const [option, value] = [options[index]!, options[index + 1]];
    if (!value) return refusal(directive, `the option "${option.value}" needs a value`, option);
    if (!/^(?:authoritative|defaultuser|requirebasicauth|userexpr)$/i.test(option.value)) {
      return badForm(directive, option, '"Authoritative", "DefaultUser", "RequireBasicAuth" or "UserExpr"');
    }
    const isFlag = /^(?:authoritative|requirebasicauth)$/i.test(option.value);
    if (isFlag && readFlag([value.value]) === undefined) return badForm(directive, value, '"On" or "Off"');
  }
  return undefined;
}

export const handlers: Handlers = {
  authnzfcgicheckauthnprovider: judgeCheck,
  authnzfcgidefineprovider: judgeDefinition,
};
