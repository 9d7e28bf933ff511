/** What opens a place of httpd to clients. */
import type { VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import type { AccessGroup } from '../../servers/apache/meaning/access-compat.ts';

/** Providers that say the same as `Allow` and `Deny`; a login beside `Order` is an old and sound pattern. */
const byClient = /^(?:all|ip|host|local|env|forward-dns)$/i;

/** Locations of a virtual host that grant everything to everybody, with a path of theirs. */
export function grantingLocations({
  directive: host,
}: VirtualHost): { readonly path: string; readonly require: Directive }[] {
  return childrenNamed(host?.block, 'location').flatMap(({ args, block }) => {
    const path = args[0]?.value ?? '';
    const [require, ...others] = childrenNamed(block, 'require');
    const grants = require && others.length === 0 && wordsOf(require.args).toLowerCase() === 'all granted';
    return grants && args.length === 1 && /^\/[\w./-]*$/.test(path) ? { path, require } : [];
  });
}

export function isMixed(group: AccessGroup): boolean {
  return clientRequirement(group) !== undefined || openedBy(group) !== undefined;
}

export function satisfyAny({ legacy }: AccessGroup): Directive | undefined {
  return legacy.findLast(({ key, args }) => key === 'satisfy' && args[0]?.value.toLowerCase() === 'any');
}

/**
 * The "Satisfy Any" that makes the requirements of its section void: without "Deny" the old form admits everybody. Who writes
 * "Allow from all" means it.
 */
export function openedBy(group: AccessGroup): Directive | undefined {
  const { legacy, require } = group;
  const isDenying = legacy.some(
    ({ key, args }) => key === 'deny' || (key === 'order' && /^(?:allow,deny|mutual)/i.test(args[0]?.value ?? '')),
  );
  const isMeant = [...legacy, ...require].some(({ args }) => /^(?:from all|all granted)$/i.test(wordsOf(args)));
  return isDenying || isMeant || require.length === 0 ? undefined : satisfyAny(group);
}

function wordsOf(args: Directive['args']): string {
  return args.map(({ value }) => value).join(' ');
}

export function textOf({ name, args }: Directive): string {
  return `${name.value} ${wordsOf(args)}`;
}

export function clientRequirement({ require }: AccessGroup): AccessGroup['require'][number] | undefined {
  return require.find(({ args }) =>
    byClient.test((/^not$/i.test(args[0]?.value ?? '') ? args[1] : args[0])?.value ?? ''),
  );
}
