/** What turns clients away in nginx, for rules that ask whether something is guarded. */
import type { Certainty, Scope, VirtualHost } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';

const guards = [
  'auth_basic',
  'auth_request',
  'auth_jwt',
  'auth_oidc',
  'limit_except',
  'ssl_verify_client',
  'internal',
  'access_by_lua',
  'access_by_lua_block',
  'access_by_lua_file',
  'auth_pam',
  'js_access',
  'auth_digest',
  'auth_ldap',
  'auth_gss',
  'secure_link',
  'valid_referers',
];

/** Something asks who the client is, or turns some away. */
export function hasGuard(scope: Scope): boolean {
  return asksWho(scope) || addressRules(scope).length > 0;
}

/** As {@link hasGuard}, but for the lists of addresses. */
export function asksWho(scope: Scope): boolean {
  return guards.some((key) => scope.effective(key).some(({ args }) => args[0]?.value !== 'off'));
}

/** `allow` and `deny` in the order in which nginx asks them. */
export function addressRules(scope: Scope): readonly Directive[] {
  const first = scope.effective('allow')[0] ?? scope.effective('deny')[0];
  if (!first) return [];
  return children(first.parent.owner?.block ?? first.parent).filter(({ key }) => key === 'allow' || key === 'deny');
}

/** The families of addresses from which clients reach a virtual host, as `listen` names them; both where that is not known. */
export function familiesOf({ listeners }: VirtualHost): readonly AddressFamily[] {
  const found = new Set<AddressFamily>();
  for (const { address, directives } of listeners) {
    if (address.startsWith('unix:')) continue;
    const isV6 = address.startsWith('[');
    const isMapped = directives.some(({ args }) => args.some(({ value }) => value === 'ipv6only=off'));
    if (isV6) found.add('::/0');
    if (!isV6 || isMapped) found.add('0.0.0.0/0');
    if (/[a-z]/i.test(address) && !isV6) found.add('::/0');
  }
  return found.size > 0 ? [...found] : ['0.0.0.0/0', '::/0'];
}

/** By the network of all its addresses. */
export type AddressFamily = '0.0.0.0/0' | '::/0';

/** What the rules say to an address of the family that none of them names. */
export function verdictForStrangers(rules: readonly Directive[], family: AddressFamily): 'allow' | 'deny' | undefined {
  const rule = rules.find(({ args }) => args[0]?.value === 'all' || args[0]?.value === family);
  return rule && (rule.key as 'allow' | 'deny');
}

/** How sure it is that nothing else guards this level. */
export function guardCertainty(scope: Scope): Certainty {
  const [login, list] = [scope.certainty('auth_basic'), scope.certainty('deny')];
  if (login === 'unread' || list === 'unread') return 'unread';
  return login === 'surroundings' || list === 'surroundings' ? 'surroundings' : 'known';
}
