/** Directives that a whole nginx config sets nowhere. */
import type { Config } from '../../syntax/config.ts';
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';

/** The `http` block of a config of which all was seen; undefined for a piece of one. */
export function wholeHttp({ complete, level, file }: Config): Directive | undefined {
  if (!complete || level !== 'main') return undefined;
  return childrenNamed(file.root, 'http').find(({ block }) => childrenNamed(block, 'server').length > 0);
}
