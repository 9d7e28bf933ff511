/** File names that a pattern means by their extension. */
import type { Handler } from '../../model/model.ts';
import type { Block } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { scriptPasses } from '../../servers/nginx/meaning/pass.ts';

/** What is refused may well be refused in more places. */
export function isRefusing(block: Block): boolean {
  return ['require', 'deny', 'redirect', 'authmerging'].some((key) => childrenNamed(block, key).length > 0);
}

/** A guard is meant to match wherever its text stands. */
export function refuses(handler: Handler): boolean {
  return (
    handler.kind === 'deny' ||
    (handler.kind === 'return' && typeof handler.status === 'number' && handler.status >= 400)
  );
}

export const scriptProtocols: ReadonlySet<string> = new Set(scriptPasses.map(({ protocol }) => protocol));

/** The first extension of a pattern that ends with one, without an anchor: `php` for `\.(php|phtml)`. */
export function extensionOf(pattern: string): string | undefined {
  const match = /(?<!\/)\\\.(?:\((?:\?:)?([a-z0-9|?]+)\)|([a-z0-9]+))$/i.exec(pattern);
  if (!match || match[2]?.length === 1) return undefined;
  return (match[1] ?? match[2])!.split('|')[0]!.replace(/.\?/g, '');
}
