import { Random } from '../lib/random.ts';

/** Draws for generators of configs and requests. */
export class Draw extends Random {
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list that is not empty. */
  one<T>(from: readonly T[]): T {
    return this.pick(from)!;
  }

  some<T>(from: readonly T[], most: number): T[] {
    const left = [...from];
    const taken: T[] = [];
    for (let count = this.below(most + 1); count > 0 && left.length > 0; count--) {
      taken.push(left.splice(this.below(left.length), 1)[0]!);
    }
    return taken;
  }
}
