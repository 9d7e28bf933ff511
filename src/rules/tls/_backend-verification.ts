/** What mod_ssl checks in the certificate of a backend. */
import type { Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isOff } from '../../servers/apache/meaning/settings.ts';

/** `SSLProxyVerify require`, the only value that refuses a backend without a certificate that can be verified. */
export function requiresCertificate(scope: Scope): Directive | undefined {
  const verify = scope.effective('sslproxyverify').at(-1);
  return verify?.args[0]?.value.toLowerCase() === 'require' ? verify : undefined;
}

/** The directive by which any name in the certificate will do: since 2.4.21 it takes both to be off. */
export function ignoredName(scope: Scope): Directive | undefined {
  const name = off(scope, 'sslproxycheckpeername');
  return name && off(scope, 'sslproxycheckpeercn') ? name : undefined;
}

export function ignoredExpiry(scope: Scope): Directive | undefined {
  return off(scope, 'sslproxycheckpeerexpire');
}

/** Authorities that a certificate may come from; mod_ssl knows none by itself. */
export const authorityKeys = ['sslproxycacertificatefile', 'sslproxycacertificatepath'] as const;

/** True if no certificate can be verified, because no authority is named, here or on the levels around. */
export function trustsNobody(scope: Scope): boolean {
  return authorityKeys.every((key) => scope.effective(key).length === 0 && scope.certainty(key) !== 'unread');
}

/** Whether all that could name an authority is in sight. */
export function isAuthorityKnown(scope: Scope): boolean {
  return authorityKeys.every((key) => scope.certainty(key) === 'known');
}

function off(scope: Scope, key: string): Directive | undefined {
  const directive = scope.effective(key).at(-1);
  return isOff(directive) ? directive : undefined;
}
