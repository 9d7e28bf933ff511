import type { Directive } from '../../../../syntax/tree.ts';
import { badChoice, type Handlers, type Refusal } from '../refusal.ts';

const clientTypes = 'CA_DER CA_BASE64 CERT_DER CERT_BASE64 CERT_NICKNAME KEY_DER KEY_BASE64 KEY_PFX'.split(' ');
const globalTypes = [...clientTypes, 'CA_CERT7_DB', 'CA_SECMOD', 'CERT_PFX', 'CERT_KEY3_DB'];

/** `util_ldap_parse_cert_type`. */
function judgeType(directive: Directive, types: readonly string[]): Refusal | undefined {
  const [type] = directive.args;
  return type && !types.includes(type.value.toUpperCase()) ? badChoice(directive, type, types) : undefined;
}

export const handlers: Handlers = {
  ldaptrustedclientcert: (directive) => judgeType(directive, clientTypes),
  ldaptrustedglobalcert: (directive) => judgeType(directive, globalTypes),
};
