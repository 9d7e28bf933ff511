/** Host names with wildcards, as `ngx_hash_add_key` takes them. */
import type { Block, Directive, Word } from '../../../syntax/tree.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { listenAddress } from '../meaning/address.ts';
import type { Check } from './entries.ts';
import { checkRegex } from './regexes.ts';
import { refuseForm, type Run } from './run.ts';

const form = 'a name, or one with "*" as its first or last part';

/** A `*` elsewhere than alone at one end, or two dots in a row. */
export function isBadWildcard(name: string): boolean {
  const star = name.indexOf('*');
  if (name.includes('..') || (star !== -1 && star !== name.lastIndexOf('*'))) return true;
  const isWildcard = /^\..|^\*\..|.\.\*$/s.test(name);
  return star !== -1 && !isWildcard;
}

export const serverName: Check = (directive, run) => {
  for (const word of directive.args) {
    const { value } = word;
    if (value === '~') refuseForm(run, directive, word, 'a pattern after "~"');
    else if (value.startsWith('~')) checkRegex(run, directive, word, 1);
    else if (/^\*(?!\..)|^\.$/s.test(value)) refuseForm(run, directive, word, form);
    else if (isBadWildcard(value)) refuseForm(run, directive, word, form, isLookedUp(directive) ? 'error' : 'warning');
  }
};

/** nginx makes the hash of names only for an address that several servers share, or whose names have captures. */
function isLookedUp({ parent, args }: Directive): boolean {
  const server = parent.owner;
  const siblings = server?.parent;
  if (!siblings || args.some(({ value }) => value.startsWith('~') && value.includes('('))) return true;
  const counts = socketsOf(siblings);
  return socketNames(server).some((socket) => counts.get(socket)! > 1);
}

const sockets = new WeakMap<Block, ReadonlyMap<string, number>>();

/** How many servers of a block listen on each socket. */
function socketsOf(block: Block): ReadonlyMap<string, number> {
  let counts = sockets.get(block) as Map<string, number> | undefined;
  if (!counts) {
    sockets.set(block, (counts = new Map()));
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

/** `ngx_http_valid_referers`. */
export const validReferers: Check = (directive, run) => {
  for (const word of directive.args) {
    const { value } = word;
    if (value === '') refuseForm(run, directive, word, 'a host name');
    else if (value.startsWith('~')) checkRegex(run, directive, word, 1);
    else if (!/^(?:none|blocked|server_names)$/.test(value)) referer(run, directive, word);
  }
};

/** The names of all `valid_referers` of one level are kept together, and each once. */
function referer(run: Run, directive: Directive, word: Word): void {
  const host = word.value.replace(/\/.*/s, '').toLowerCase();
  if (isBadWildcard(host)) {
    refuseForm(run, directive, word, form);
    return;
  }
  const owner = directive.parent.owner;
  for (const name of hashKeys(host)) {
    const key = `referer ${owner ? run.serverNumber(owner) : 'top'} ${name}`;
    const first = run.defined.get(key);
    if (!first) run.defined.set(key, directive);
    else {
      const related = [{ at: first, message: 'the first is here' }];
      run.refusals.add('duplicate-directive', { message: 'entry', at: directive, data: { name: word.value }, related });
      return;
    }
  }
}

/** `.example.com` stands for both `example.com` and `*.example.com`. */
function hashKeys(host: string): string[] {
  if (/^\../s.test(host)) return [host.slice(1), `*${host}`];
  return [host];
}
