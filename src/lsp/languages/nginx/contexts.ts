/** In which context of nginx a block stands. */
import type { Targets } from '../../../model/versions.ts';
import { contextInside, contextOfLevel, entries } from '../../../servers/nginx/refusals/contexts.ts';
import { entriesOf } from '../../../servers/nginx/refusals/definitions.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';

export { entries };

/** As bits; 0: not known, {@link entries}: entries instead of directives. */
export function contextOfBlock(config: Config, block: Block, targets: Targets): number {
  const owners: Directive[] = [];
  for (let owner = block.owner; owner; owner = owner.parent.owner) owners.unshift(owner);
  const isFragment = config.file.source.outer?.kind === 'document';
  let mask = contextOfLevel(config.level);
  for (const { key } of owners) {
    const { definitions } = entriesOf(targets.nginx)(key);
    const found = definitions.find((definition) => definition.mask & mask) ?? (isFragment ? definitions[0] : undefined);
    if (!found) return 0;
    mask = contextInside(key, found.facts.module, mask);
  }
  return mask;
}

/** `http`, `stream` or `mail`: whose modules define what stands there. */
export function familyAt(config: Config, block: Block): 'http' | 'stream' | 'mail' {
  for (let owner = block.owner; owner; owner = owner.parent.owner)
    if (owner.key === 'stream' || owner.key === 'mail') return owner.key;
  const [family] = config.level.split('-');
  return family === 'stream' || family === 'mail' ? family : 'http';
}
