/**
 * Which delimiter closes which, before the grammar runs: a block whose closing delimiter is missing or wrong is cut where it most likely
 * ends, so that one mistake is one problem and the blocks around it keep their shape. Linear in the number of delimiters.
 */

/** Deeper nesting is not followed, because the grammars recurse. Real configs stay below ten. */
export const maxDepth = 200;

export interface OpenEvent {
  readonly kind: 'open';
  /** An opening and a closing delimiter with the same key belong together. */
  readonly key: string;
  /** Keys of blocks that cannot directly hold this one: a block of that kind that is never closed is cut here. */
  readonly breaks: readonly string[];
  /** If it is never closed, it ends right here. */
  readonly endsHere?: boolean;
  /** Its body is text to the server, so that nothing in it pairs with anything outside. */
  readonly opaque?: boolean;
}

export type PairingEvent =
  | OpenEvent
  | { readonly kind: 'close'; readonly key: string }
  /** A place where blocks of these keys cannot go on. */
  | { readonly kind: 'break'; readonly breaks: readonly string[] };

/** What becomes of a delimiter. `tooDeep` and `opaque` strays are no mistakes. */
export type Role =
  | { readonly kind: 'open'; readonly fault: OpenFault | undefined }
  | { readonly kind: 'close' }
  | { readonly kind: 'stray'; readonly reason: 'unmatched' | 'too-deep' | 'opaque' }
  | { readonly kind: 'break' };

export interface OpenFault {
  /** Index of the closing delimiter met instead of the right one; undefined: the file ended first. */
  readonly found: number | undefined;
}

export interface Pairing {
  /** By index of the event. */
  readonly roles: readonly Role[];
  /** `cuts[i]`: how many blocks end, without a closing delimiter, just before event `i`; the last entry is for the end of the file. */
  readonly cuts: Uint32Array;
  /** The first event that was nested too deeply. */
  readonly tooDeep: number | undefined;
}

interface OpenBlock {
  readonly index: number;
  readonly event: OpenEvent;
  readonly outer: OpenBlock | undefined;
  readonly depth: number;
  /** Numbers of open blocks by key, from the innermost opaque block inwards. */
  readonly counts: Map<string, number>;
  /** Key of the nearest opaque block around; that one ends at its own closing delimiter, whatever its body leaves open. */
  readonly inOpaque: string | undefined;
  firstStray: number | undefined;
  firstBreak: number | undefined;
}

export function pairDelimiters(events: readonly PairingEvent[]): Pairing {
  return new Pairer(events).run();
}

class Pairer {
  readonly #events: readonly PairingEvent[];
  readonly #roles: Role[] = [];
  readonly #cuts: Uint32Array;
  readonly #topCounts = new Map<string, number>();
  #top: OpenBlock | undefined;
  #tooDeep: number | undefined;

  constructor(events: readonly PairingEvent[]) {
    this.#events = events;
    this.#cuts = new Uint32Array(events.length + 1);
  }

  run(): Pairing {
    for (const [index, event] of this.#events.entries()) {
      if (event.kind !== 'close') this.#break(index, event.breaks);
      if (event.kind === 'open') this.#open(index, event);
      else if (event.kind === 'close') this.#close(index, event.key);
      else this.#roles[index] = { kind: 'break' };
    }
    while (this.#top) this.#giveUp(this.#pop(), this.#events.length, undefined);
    return { roles: this.#roles, cuts: this.#cuts, tooDeep: this.#tooDeep };
  }

  #break(index: number, breaks: readonly string[]): void {
    const top = this.#top;
    if (top && breaks.includes(top.event.key)) top.firstBreak ??= index;
  }

  #open(index: number, event: OpenEvent): void {
    const outer = this.#top;
    const depth = (outer?.depth ?? 0) + 1;
    const inOpaque = outer?.event.opaque ? outer.event.key : outer?.inOpaque;
    const counts = outer?.event.opaque ? new Map<string, number>() : (outer?.counts ?? this.#topCounts);
    counts.set(event.key, (counts.get(event.key) ?? 0) + 1);
    this.#top = { index, event, outer, depth, counts, inOpaque, firstStray: undefined, firstBreak: undefined };
    if (depth > maxDepth) {
      this.#tooDeep ??= index;
      this.#roles[index] = { kind: 'stray', reason: 'too-deep' };
    } else {
      this.#roles[index] = { kind: 'open', fault: undefined };
    }
  }

  #close(index: number, key: string): void {
    if (!this.#isOpen(key)) {
      const top = this.#top;
      if (top) top.firstStray ??= index;
      this.#roles[index] = {
        kind: 'stray',
        reason: top?.event.opaque || top?.inOpaque !== undefined ? 'opaque' : 'unmatched',
      };
      return;
    }
    let block = this.#pop();
    for (; block.event.key !== key; block = this.#pop()) this.#giveUp(block, index, index);
    this.#roles[index] = block.depth > maxDepth ? { kind: 'stray', reason: 'too-deep' } : { kind: 'close' };
  }

  #isOpen(key: string): boolean {
    const top = this.#top;
    if (!top) return false;
    if (top.event.key === key || (!top.event.opaque && (top.counts.get(key) ?? 0) > 0)) return true;
    return top.inOpaque === key;
  }

  #pop(): OpenBlock {
    const block = this.#top!;
    const { key } = block.event;
    block.counts.set(key, block.counts.get(key)! - 1);
    this.#top = block.outer;
    return block;
  }

  /** Chooses the place where a block without closing delimiter ends, at the latest before event `limit`. */
  #giveUp(block: OpenBlock, limit: number, found: number | undefined): void {
    if (block.depth > maxDepth) return;
    const { index } = block;
    let instead = found;
    if (block.event.endsHere) {
      this.#cuts[index + 1]!++;
    } else if (block.firstStray !== undefined && (block.firstBreak ?? limit) > block.firstStray) {
      instead = block.firstStray;
      this.#roles[instead] = { kind: 'close' };
    } else {
      this.#cuts[block.firstBreak ?? limit]!++;
    }
    if (block.inOpaque === undefined) this.#roles[index] = { kind: 'open', fault: { found: instead } };
  }
}
