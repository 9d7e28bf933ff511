/** How a server is asked to verify the certificates of its backends. */
import type { Scope } from '../../model/model.ts';
import type { Dialect, Directive } from '../../syntax/tree.ts';
import { nginxTlsPrefix, type TlsRoute } from './_backends.ts';
import { settingsOf } from '../../servers/settings.ts';

/** The directive that asks for the verification: how it is looked up and written, and what it should say. */
export interface Verify {
  readonly keyOf: (route: TlsRoute) => string;
  readonly nameOf: (route: TlsRoute) => string;
  readonly value: string;
}

const nginxKey = (route: TlsRoute): string => `${nginxTlsPrefix(route)}verify`;

export const nginxVerify: Verify = { keyOf: nginxKey, nameOf: nginxKey, value: 'on' };
export const apacheVerify: Verify = {
  keyOf: () => 'sslproxyverify',
  nameOf: () => 'SSLProxyVerify',
  value: 'require',
};

export function verification(
  route: TlsRoute,
  { keyOf }: Verify,
): { set: Directive | undefined; certainty: ReturnType<Scope['certainty']> } {
  const { scope } = route;
  const key = keyOf(route);
  return { set: scope.effective(key).at(-1), certainty: scope.certainty(key) };
}

const unverified: ReadonlySet<string | undefined> = new Set(['off', 'none', 'optional_no_ca']);

export function isUnverified(dialect: Dialect, route: TlsRoute, verify: Verify): boolean {
  const { set, certainty } = verification(route, verify);
  if (!set) return certainty !== 'unread';
  return unverified.has(settingsOf(dialect).wordOf(set));
}
