import type { ApacheContext } from '../../../servers/apache/facts/types.ts';
import { containerOf } from '../../../servers/apache/refusals/contexts.ts';
import type { Cursor } from '../../cursor.ts';

/** Outermost first, without `server`; undefined where it is not known. */
export function containersAround({ config, block }: Cursor): readonly ApacheContext[] | undefined {
  const containers: ApacheContext[] = [];
  for (let owner = block.owner; owner; owner = owner.parent.owner) {
    if (owner.key === 'macro') return undefined;
    const container = containerOf[owner.key];
    if (container) containers.unshift(container);
  }
  const { level, complete } = config;
  if (level === 'server') return complete || containers.length > 0 ? containers : undefined;
  return level === 'main' ? containers : [level as ApacheContext, ...containers];
}
