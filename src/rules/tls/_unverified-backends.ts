import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { backendName } from '../_shared/backends.ts';
import type { RuleContext } from '../define-rule.ts';
import {
  isAuthorityKnown,
  ignoredExpiry,
  ignoredName,
  requiresCertificate,
  trustsNobody,
} from './_backend-verification.ts';
import { isTlsTarget, type TlsRoute } from './_backends.ts';

export const messages = {
  anyName: 'Any certificate of a trusted authority will do for "{{backend}}": its name is not looked at.',
  expired: 'An expired certificate of the backend "{{backend}}" is accepted.',
  nobodyTrusted:
    '"SSLProxyVerify require" without "SSLProxyCACertificateFile" refuses every certificate: each request to "{{backend}}" fails.',
  unverified:
    'The certificate of the backend "{{backend}}" is not verified, because "{{directive}}" is not "{{value}}".',
} as const;

export type Context = Pick<RuleContext<typeof messages>, 'report'>;

export function checkNames({ report }: Context, routes: readonly TlsRoute[]): void {
  const first = routes.find(({ scope }) => requiresCertificate(scope));
  if (!first) return;
  const data = { backend: backendName(first.handler.target) };
  const name = ignoredName(first.scope);
  if (name) report({ message: 'anyName', at: name, severity: 'info', data });
  const expiry = ignoredExpiry(first.scope);
  if (expiry) report({ message: 'expired', at: expiry, severity: 'info', data });
}

export function checkAuthorities({ report }: Context, { handler, scope }: Route, seen: Set<Directive>): void {
  const verify = requiresCertificate(scope);
  if (handler.kind !== 'proxy' || !verify || seen.has(verify) || !isTlsTarget(handler.target)) return;
  seen.add(verify);
  if (!trustsNobody(scope)) return;
  report({
    message: 'nobodyTrusted',
    at: verify,
    severity: 'error',
    confidence: isAuthorityKnown(scope) ? 'high' : 'medium',
    data: { backend: backendName(handler.target) },
    how: 'Name the authority of the backend: "SSLProxyCACertificateFile", for public ones "/etc/ssl/certs/ca-certificates.crt".',
  });
}
