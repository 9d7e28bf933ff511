import type { HeaderOp } from '../../../model/model.ts';

/** Operations by lower-cased name: those of one level over defaults that many levels share. Most readers ask for two or three names. */
export class HeaderTable implements ReadonlyMap<string, HeaderOp> {
  readonly own: readonly HeaderOp[];
  readonly #defaults: ReadonlyMap<string, HeaderOp>;
  #all: Map<string, HeaderOp> | undefined;

  constructor(own: readonly HeaderOp[], defaults: ReadonlyMap<string, HeaderOp>) {
    this.own = own;
    this.#defaults = defaults;
  }

  get(name: string): HeaderOp | undefined {
    for (let index = this.own.length - 1; index >= 0; index--) {
      if (lowerCase(this.own[index]!.name) === name) return this.own[index];
    }
    return this.#defaults.get(name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return this.#map().size;
  }

  entries(): MapIterator<[string, HeaderOp]> {
    return this.#map().entries();
  }

  keys(): MapIterator<string> {
    return this.#map().keys();
  }

  values(): MapIterator<HeaderOp> {
    return this.#map().values();
  }

  forEach(callback: (value: HeaderOp, key: string, map: ReadonlyMap<string, HeaderOp>) => void): void {
    for (const [key, value] of this.#map()) callback(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, HeaderOp]> {
    return this.#map()[Symbol.iterator]();
  }

  /** Defaults first, then the level's own in the order of the config. */
  #map(): Map<string, HeaderOp> {
    if (this.#all) return this.#all;
    const all = (this.#all = new Map(this.#defaults));
    for (const op of this.own) {
      const name = lowerCase(op.name);
      all.delete(name);
      all.set(name, op);
    }
    return all;
  }
}

/** Header names come from a small set: each is lower-cased once. */
function lowerCase(name: string): string {
  let lower = lowerCased.get(name);
  if (lower === undefined) {
    if (lowerCased.size >= maxNames) lowerCased.clear();
    lowerCased.set(name, (lower = name.toLowerCase()));
  }
  return lower;
}

const lowerCased = new Map<string, string>();
const maxNames = 1000;
