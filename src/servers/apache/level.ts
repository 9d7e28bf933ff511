/** Infers what a config of httpd is a piece of, from its top directives. */
import type { Level } from '../../syntax/config.ts';
import type { Block, ConfigFile, Directive } from '../../syntax/tree.ts';
import { children, directivesByKey } from '../../syntax/walk.ts';
import { apacheDirective } from './facts/index.ts';
import type { ApacheContext } from './facts/types.ts';
import { isIndispensable } from './meaning/modules.ts';
import { isSection } from './meaning/sections.ts';

const levels: readonly (readonly [level: Level, context: ApacheContext])[] = [
  ['server', 'server'],
  ['vhost', 'vhost'],
  ['directory', 'directory'],
  ['htaccess', 'htaccess'],
];

/** The level that allows the most top directives. One that is misspelled or misplaced does not sway it. */
export function inferApacheLevel({ source, root }: ConfigFile): Level {
  if (source.path.endsWith('.htaccess')) return 'htaccess';
  let best: Level = 'server';
  let most = 0;
  for (const [level, context] of levels) {
    const count = children(root).filter(({ key }) => apacheDirective(key)?.allowed?.includes(context)).length;
    if (count > most) [best, most] = [level, count];
  }
  return best;
}

/**
 * Whether httpd begins to read with it. It needs a port to start. That a file loads a module of its own makes it no main config: that
 * is the one which says where the rest lies, or loads what no server runs without.
 */
export function isWholeApache(root: Block): boolean {
  const top = children(root);
  if (!top.some(({ key }) => key === 'listen')) return false;
  if (top.some(({ key }) => key === 'serverroot')) return true;
  return directivesByKey(root).get('loadmodule')?.some(isIndispensable) === true;
}

/** Whether an include may hold more than was read of it. */
export function isUnreadByApache({ included, includeFailure }: Directive): boolean {
  if (!includeFailure) return included === undefined;
  return includeFailure.reason !== 'cycle' && includeFailure.reason !== 'no-match';
}

/** Sections for some requests, which hold no virtual hosts and nothing of a whole one. */
export function isInnerApache(key: string): boolean {
  return isSection(key);
}
