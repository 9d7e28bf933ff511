/** What the pieces of a text say about one dialect, in sum. */

/**
 * `strong`: hardly anything else looks so. `weak`: fits, but other languages have it too. `neutral`: says nothing. `odd`: has the
 * form of the dialect, under a name that nobody knows. `foreign`: nothing of the dialect looks so.
 */
export type Mark = 'strong' | 'weak' | 'neutral' | 'odd' | 'foreign';

/** How sure the name of a file is of its dialect: the file's own name, only a folder above it, or nothing. */
export type HintStrength = 'name' | 'folder' | 'none';

/** Pieces after which a text that is plainly one or the other need not be read on. */
const enough = 48;

export class Marks {
  strong = 0;
  weak = 0;
  odd = 0;
  foreign = 0;
  all = 0;

  add(mark: Mark): void {
    this.all++;
    if (mark !== 'neutral') this[mark]++;
  }

  get known(): number {
    return 2 * this.strong + this.weak;
  }

  get strange(): number {
    return this.foreign + this.odd / 2;
  }

  /** Whether the rest of the text could hardly change the answer. */
  get isSettled(): boolean {
    if (this.all < enough) return false;
    const { known, strange, strong } = this;
    return strong >= enough / 2 ? strange * 8 <= known : strange >= enough / 2 && known * 8 <= strange;
  }

  /** Positive if the text may be of the dialect, and the greater the more it looks like it. */
  score(hint: HintStrength, tolerance = 0.5): number {
    const { known, strange } = this;
    const bonus = hint === 'none' ? 0 : 1;
    if (this.strong === 0) return this.#scoreOfWeak(hint) + bonus;
    // A name makes up for a few strange pieces (a broken config is still a config), not for a text full of them.
    if (strange > known * (hint === 'name' ? 2 * tolerance : tolerance)) return 0;
    return known - strange + bonus;
  }

  /** Nothing in it is of the dialect alone. */
  #scoreOfWeak(hint: HintStrength): number {
    const { weak, strange, foreign } = this;
    if (hint === 'name') return weak > 0 ? Math.max(0, weak - strange) || -1 : foreign === 0 && this.odd > 0 ? 0.5 : -1;
    return hint === 'folder' && weak > 0 && strange === 0 ? weak : -1;
  }
}
