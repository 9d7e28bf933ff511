/** What running a regular expression can cost at most, told from its text. */
import type { Range, RegexNode } from './parse.ts';

/** The least and the highest count of characters that a node can match. */
export function widthOf(node: RegexNode): Range {
  switch (node.kind) {
    case 'set':
      return { least: 1, most: 1 };
    case 'assertion':
    case 'look':
      return { least: 0, most: 0 };
    case 'reference':
      return { least: 0, most: Infinity };
    case 'capture':
    case 'atomic':
      return widthOf(node.item);
    case 'sequence':
      return node.items.map(widthOf).reduce(add, { least: 0, most: 0 });
    case 'alternatives':
      return node.items.map(widthOf).reduce(join);
    case 'repeat': {
      const { least, most } = widthOf(node.item);
      return { least: least * node.range.least, most: most === 0 ? 0 : most * node.range.most };
    }
  }
}

const add = (a: Range, b: Range): Range => ({ least: a.least + b.least, most: a.most + b.most });
const join = (a: Range, b: Range): Range => ({ least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) });

/**
 * In how many ways a node can match texts of a length at most: the leaves of the tree that a backtracking matcher searches. Infinity
 * where that grows exponentially, and for what JavaScript does not run as PCRE does: references, and groups inside of repetitions, which
 * keep what they held in an earlier turn.
 */
export function waysOf(node: RegexNode, length: number): number {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return 1;
    case 'reference':
    case 'atomic':
      return Infinity;
    case 'look':
      return node.behind ? Infinity : 1 + waysOf(node.item, length);
    case 'capture':
      return waysOf(node.item, length);
    case 'sequence':
      return node.items.reduce((product, item) => product * waysOf(item, length), 1);
    case 'alternatives':
      return node.items.reduce((sum, item) => sum + waysOf(item, length), 0);
    case 'repeat': {
      const { least, most } = node.range;
      const inner = waysOf(node.item, length);
      const turns = Math.min(most, length + 1);
      if (node.mode === 'possessive' || (turns > 1 && holdsCapture(node.item))) return Infinity;
      return inner === 1 ? Math.max(turns - least, 0) + 1 : inner ** turns * (Math.max(turns - least, 0) + 1);
    }
  }
}

/** Whether a group may be left out in one turn of a repetition. */
function holdsCapture(node: RegexNode): boolean {
  switch (node.kind) {
    case 'capture':
      return true;
    case 'sequence':
    case 'alternatives':
      return node.items.some(holdsCapture);
    case 'repeat':
    case 'atomic':
    case 'look':
      return holdsCapture(node.item);
    default:
      return false;
  }
}

/** Instructions with all counts written out, and how deep groups stand in groups. */
export function sizeOf(node: RegexNode): { readonly size: number; readonly depth: number } {
  switch (node.kind) {
    case 'sequence':
    case 'alternatives': {
      const inner = node.items.map(sizeOf);
      return {
        size: inner.reduce((sum, { size }) => sum + size, inner.length),
        depth: 1 + inner.reduce((most, { depth }) => Math.max(most, depth), 0),
      };
    }
    case 'repeat': {
      const { size, depth } = sizeOf(node.item);
      const turns = node.range.most === Infinity ? node.range.least + 1 : node.range.most;
      return { size: (size + 1) * turns, depth: depth + 1 };
    }
    case 'capture':
    case 'atomic':
    case 'look': {
      const { size, depth } = sizeOf(node.item);
      return { size: size + 2, depth: depth + 1 };
    }
    default:
      return { size: 1, depth: 1 };
  }
}
