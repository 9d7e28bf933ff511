import { placeIn, type Block, type Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import type { Judged, Refusal } from './refusal.ts';

/** Settings that stand twice in one group, which libconfig does not read. */
export function repeatedSettings({ config }: Judged): Refusal<'duplicate-setting'>[] {
  const refusals: Refusal<'duplicate-setting'>[] = [];
  const blocks: Block[] = [config.file.root];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    const isGroup = block.kind === 'group' || block.kind === 'file';
    const first = new Map<string, Directive>();
    for (const setting of children(block)) {
      if (setting.block) blocks.push(setting.block);
      if (!isGroup || setting.key === '' || setting.key === '@include') continue;
      const earlier = first.get(setting.key);
      if (!earlier) first.set(setting.key, setting);
      else {
        refusals.push({
          message: 'duplicate',
          at: placeIn(setting, setting.name),
          data: { name: setting.key },
          related: [{ at: placeIn(earlier, earlier.name), message: 'it is set here first' }],
        });
      }
    }
  }
  return refusals;
}
