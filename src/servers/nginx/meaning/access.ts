/** What turns clients away in nginx, for rules that ask whether something is guarded. */
import { unknown, type Certainty, type Scope, type Unknown, type VirtualHost } from '../../../model/model.ts';
import { isFilledIn } from '../../../text/template/placeholder.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { isOff } from './settings.ts';

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
  return guards.some((key) => scope.effective(key).some((directive) => !isOff(directive)));
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

/** What the rules say to an address of the family that none of them names; unknown where the one that says it is filled in later. */
export function verdictForStrangers(
  rules: readonly Directive[],
  family: AddressFamily,
): 'allow' | 'deny' | Unknown | undefined {
  const word = (rule: Directive): string => rule.args[0]?.value ?? '';
  const rule = rules.find((each) => word(each) === 'all' || word(each) === family || isFilledIn(word(each)));
  if (!rule || !isFilledIn(word(rule))) return rule && (rule.key as 'allow' | 'deny');
  // `allow X; deny all;`: whatever X is, strangers are turned away unless it is all of them.
  const later = rules.slice(rules.indexOf(rule) + 1).find((each) => word(each) === 'all' || word(each) === family);
  return later?.key === rule.key ? (rule.key as 'allow' | 'deny') : unknown;
}

/** How sure it is that nothing else guards this level. */
export function guardCertainty(scope: Scope): Certainty {
  const [login, list] = [scope.certainty('auth_basic'), scope.certainty('deny')];
  if (login === 'unread' || list === 'unread') return 'unread';
  return login === 'surroundings' || list === 'surroundings' ? 'surroundings' : 'known';
}
