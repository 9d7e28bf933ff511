/** How many groups an expression can have made where a reference of nginx is read. */
import type { Config } from '../../syntax/config.ts';
import { regexesOf } from '../../servers/nginx/meaning/definitions.ts';
import { conditionRegex, locationMatch } from '../../servers/nginx/meaning/match.ts';
import { mayAdd } from '../../servers/nginx/meaning/unread.ts';
import { captureGroups } from '../../regex/captures.ts';
import { enclosing, type Block, type Directive } from '../../syntax/tree.ts';
import { mapPatterns } from '../../servers/nginx/meaning/maps.ts';
import { walk } from '../../syntax/walk.ts';

/**
 * The block in which every expression stands that can have made the groups: that of the location or condition whose own expression has
 * replaced all earlier groups, else the server, else the file. What is no rewriting is read after all rewriting of the location.
 */
export function reachOf(directive: Directive): Block {
  const isRewriting = directive.key === 'return' || directive.key === 'set';
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    if (!around.block) continue;
    if (around.key === 'server') return around.block;
    if (around.key === 'location' && locationMatch(around).kind === 'regex') return around.block;
    if (isRewriting && conditionRegex(around)?.negated === false) return around.block;
  }
  let top = directive;
  for (let around = enclosing(top); around; around = enclosing(around)) top = around;
  return top.parent;
}

/** The most groups that an expression in a block makes, or a map whose variable is read in it; infinite where not all was read. */
export function mostGroups(block: Block, config: Config): number {
  let most = groupsIn.get(block);
  if (most !== undefined) return most;
  const maps = capturingMaps(config);
  most = block.owner ? groupsOf(block.owner, maps) : 0;
  walk(block, (directive) => {
    const isOpen = mayAdd(directive) || /_by_lua|^js_/.test(directive.key);
    most = Math.max(most!, isOpen ? Number.POSITIVE_INFINITY : groupsOf(directive, maps));
  });
  groupsIn.set(block, most);
  return most;
}

const groupsIn = new WeakMap<Block, number>();

function groupsOf(directive: Directive, maps: ReadonlyMap<string, number>): number {
  const own = regexesOf(directive).map(({ pattern }) => captureGroups(pattern).length);
  const read = directive.args.flatMap(({ value }) => mentioned(value).map((name) => maps.get(name) ?? 0));
  return Math.max(0, ...own, ...read);
}

function mentioned(text: string): string[] {
  return text.includes('$') ? [...text.matchAll(/\$\{?(\w+)/g)].map((match) => match[1]!.toLowerCase()) : [];
}

const capturing = new WeakMap<Config, ReadonlyMap<string, number>>();

/** The most groups that a pattern of a map has, by the variable: the map is looked up where that is read. */
function capturingMaps(config: Config): ReadonlyMap<string, number> {
  const known = capturing.get(config);
  if (known) return known;
  const found = new Map<string, number>();
  walk(config.file.root, (directive) => {
    if (directive.key !== 'map') return;
    const most = Math.max(0, ...mapPatterns(directive).map(({ pattern }) => captureGroups(pattern).length));
    if (most > 0) found.set(directive.args[1]?.value.slice(1).toLowerCase() ?? '', most);
  });
  capturing.set(config, found);
  return found;
}
