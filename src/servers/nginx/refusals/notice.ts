/** Where nginx notices that the braces of a file do not balance: often many lines after the brace that is missing. */
import type { Config } from '../../../syntax/config.ts';
import type { Place } from '../../../text/source.ts';
import type { ConfigFile, Directive } from '../../../syntax/tree.ts';
import type { Targets } from '../../../model/versions.ts';
import { analyze, analyzeAlone } from './analyze.ts';
import { contextInside, contextOfLevel, entries, unchecked } from './contexts.ts';
import { entriesOf } from './definitions.ts';
import { readStrictly } from './strict.ts';

const known = new WeakMap<ConfigFile, Place>();

/**
 * The first directive that nginx refuses because it stands in a block where it was not meant to be, else the brace or
 * the end of the file at which nginx stops.
 */
export function noticedAt(config: Config, file: ConfigFile, targets: Targets): Place {
  let place = known.get(file);
  if (!place) known.set(file, (place = find(config, file, targets)));
  return place;
}

function find(config: Config, file: ConfigFile, targets: Targets): Place {
  const { root, stop } = readStrictly(file);
  const own = analyze(config, targets);
  const alone: Config = {
    ...config,
    file: { ...file, root, problems: [] },
    files: [],
    complete: false,
    serversComplete: false,
  };
  let first: Place = { file: file.source, ...stop };
  for (const { key, noticed } of analyzeAlone(alone, contextAt(root.owner, config, targets), targets).complaints) {
    if (noticed.file === file.source && noticed.start < first.start && !own.has(key)) first = noticed;
  }
  return first;
}

/** The context inside of a directive. */
function contextAt(owner: Directive | undefined, config: Config, targets: Targets): number {
  if (!owner) return contextOfLevel(config.level);
  const outer = contextAt(owner.parent.owner, config, targets);
  if (outer === entries || outer === unchecked) return unchecked;
  const definition = entriesOf(targets.nginx)(owner.key).definitions.find(({ mask }) => mask & outer);
  return definition ? contextInside(owner.key, definition.facts.module, outer) : unchecked;
}
