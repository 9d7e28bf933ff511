/** The `allow` and `deny` lists of nginx, as the rules about them read them. */
import { isPartlyRead } from './unread.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { children, childrenNamed } from '../../../syntax/walk.ts';
import { isOff } from './settings.ts';

/** The rules of one level, in the order in which nginx asks them. Undefined where there are none, or not all could be read. */
export function accessList(block: Block): readonly Directive[] | undefined {
  // The top of a fragment goes on where it is included.
  if (block.kind !== 'braces') return undefined;
  const list = children(block).filter(({ key, args }) => (key === 'allow' || key === 'deny') && args.length === 1);
  if (list.length === 0 || isPartlyRead(block, 'deny')) return undefined;
  return list;
}

/** Whether one access module that lets a client in is enough here. */
export function satisfiesAny(block: Block): boolean {
  return nearest(block, 'satisfy')?.args[0]?.value.toLowerCase() === 'any';
}

/** Whether clients are asked for a password, a token or the like here. */
export function asksForLogin(block: Block): boolean {
  return ['auth_basic', 'auth_request', 'auth_jwt', 'auth_oidc', 'auth_pam', 'auth_digest', 'auth_ldap'].some((key) => {
    const login = nearest(block, key);
    return login !== undefined && !isOff(login);
  });
}

function nearest(block: Block, key: string): Directive | undefined {
  for (let level: Block | undefined = block; level; level = level.owner?.parent) {
    const found = childrenNamed(level, key).at(-1);
    if (found) return found;
  }
  return undefined;
}
