/** What turns clients away in nginx, for rules that ask whether something is guarded. */
import type { Certainty, Scope } from '../../ir/model.ts';

const guards = [
  'auth_basic',
  'auth_request',
  'auth_jwt',
  'auth_oidc',
  'allow',
  'deny',
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
  return guards.some((key) => scope.effective(key).some(({ args }) => args[0]?.value !== 'off'));
}

/** How sure it is that nothing else guards this level. */
export function guardCertainty(scope: Scope): Certainty {
  const [login, list] = [scope.certainty('auth_basic'), scope.certainty('deny')];
  if (login === 'unread' || list === 'unread') return 'unread';
  return login === 'surroundings' || list === 'surroundings' ? 'surroundings' : 'known';
}
