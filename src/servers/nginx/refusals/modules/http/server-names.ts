/** Host names with wildcards, as `ngx_hash_add_key` takes them. */
import type { Block, Directive } from '../../../../../syntax/tree.ts';
import { childrenNamed } from '../../../../../syntax/walk.ts';
import { listenAddress } from '../../../meaning/address.ts';
import { refuseForm } from '../../refuse.ts';
import { checkRegex } from '../../regexes.ts';
import { remembered, type NginxCheck, type Run } from '../../run.ts';

export const wildcardForm = 'a name, or one with "*" as its first or last part';

/** A `*` elsewhere than alone at one end, or two dots in a row. */
export function isBadWildcard(name: string): boolean {
  const star = name.indexOf('*');
  if (name.includes('..') || (star !== -1 && star !== name.lastIndexOf('*'))) return true;
  const isWildcard = /^\..|^\*\..|.\.\*$/s.test(name);
  return star !== -1 && !isWildcard;
}

export const serverName: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    const { value } = word;
    if (value === '~') refuseForm(run, directive, word, 'a pattern after "~"');
    else if (value.startsWith('~')) checkRegex(run, directive, word, 1);
    else if (/^\*(?!\..)|^\.$/s.test(value)) refuseForm(run, directive, word, wildcardForm);
    else if (isBadWildcard(value))
      refuseForm(run, directive, word, wildcardForm, isLookedUp(run, directive) ? 'error' : 'warning');
  }
};

/** nginx makes the hash of names only for an address that several servers share, or whose names have captures. */
function isLookedUp(run: Run, { parent, args }: Directive): boolean {
  const server = parent.owner;
  const siblings = server?.parent;
  if (!siblings || args.some(({ value }) => value.startsWith('~') && value.includes('('))) return true;
  const counts = socketsOf(run, siblings);
  return socketNames(server).some((socket) => counts.get(socket)! > 1);
}

const sockets = remembered(() => new Map<Block, Map<string, number>>());

/** How many servers of a block listen on each socket. */
function socketsOf(run: Run, block: Block): ReadonlyMap<string, number> {
  let counts = sockets(run).get(block);
  if (!counts) {
    sockets(run).set(block, (counts = new Map()));
    for (const server of childrenNamed(block, 'server')) {
      for (const socket of socketNames(server)) counts.set(socket, (counts.get(socket) ?? 0) + 1);
    }
  }
  return counts;
}

function socketNames(server: Directive): string[] {
  const listens = childrenNamed(server.block, 'listen');
  if (listens.length === 0) return ['*:80'];
  return listens.map(({ args }) => listenAddress(args[0]?.value ?? '', 80).key ?? args[0]?.value ?? '');
}
