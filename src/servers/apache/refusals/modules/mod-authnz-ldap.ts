import { schemeOf, withoutScheme } from '../../../../model/scheme.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import { judgeRegexAt } from '../regex.ts';
import { badChoice, badForm, type Handlers, type Refusal } from '../refusal.ts';

const modes = ['NONE', 'SSL', 'TLS', 'STARTTLS'];

/** `AuthLDAPURL ldap://host/dn?attributes?scope?filter [mode]`, `mod_auth_ldap_parse_url`. */
function judgeUrl(directive: Directive): Refusal | undefined {
  const [url, mode] = directive.args;
  if (!url) return undefined;
  if (!/^ldap[si]?$/.test(schemeOf(url.value) ?? ''))
    return badForm(directive, url, 'a URL that begins with "ldap://" or "ldaps://"');
  const scope = withoutScheme(url.value).split('?')[2];
  if (scope && !/^(?:base|one(?:tree)?|sub(?:tree)?)$/i.test(scope)) {
    return badForm(directive, url, 'an LDAP URL with the scope "base", "one" or "sub"');
  }
  return mode && !modes.includes(mode.value.toUpperCase()) ? badChoice(directive, mode, modes) : undefined;
}

export const handlers: Handlers = {
  authldapinitialbindpattern: (directive) => judgeRegexAt(directive, 0),
  authldapurl: judgeUrl,
};
