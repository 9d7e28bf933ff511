/**
 * Every regular expression of a config runs through here. One that cannot take long on the text is left to the engine of JavaScript, any
 * other to a machine with a bound in steps, so that the answer does not depend on the speed of the computer, and may be `unknown`.
 */
import { unknown, type Unknown } from '../model/model.ts';
import { giveUp } from '../model/unknown.ts';
import { waysOf, widthOf } from './cost.ts';
import { runProgram, type Offsets } from './machine.ts';
import { parseRegex, type ParsedRegex } from './parse.ts';
import { compileProgram, type Program } from './program.ts';

/** The whole match, then the groups; undefined for one that took no part. */
export interface RegexMatch extends ReadonlyArray<string | undefined> {
  readonly 0: string;
  /** Offset of the match. */
  readonly index: number;
  readonly groups?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Characters looked at, at most, where the engine of JavaScript runs: some milliseconds. */
const maxNativeCost = 2_000_000;

/**
 * `source` is what `pcre.ts` writes: JavaScript, perhaps with atomic groups and possessive quantifiers. Flags: `i`, `m`. Undefined where
 * it is no regular expression.
 */
export function boundedRegex(source: string, flags = '', written = source): BoundedRegex | undefined {
  let native: RegExp | undefined;
  try {
    native = new RegExp(source, flags);
  } catch {
    const parsed = /\(\?>|[*+?}]\+/.test(source) ? parseRegex(source) : undefined;
    return parsed && new BoundedRegex({ source, flags, written }, undefined, parsed);
  }
  return new BoundedRegex({ source, flags, written }, native);
}

interface Source {
  readonly source: string;
  readonly flags: string;
  /** What a message calls it. */
  readonly written: string;
}

export class BoundedRegex {
  readonly #source: string;
  readonly #flags: string;
  readonly #written: string;
  readonly #native: RegExp | undefined;
  #parsed: ParsedRegex | null | undefined;
  #program: Program | null | undefined;
  /** The longest text that is known to be quick, and the shortest that is not. */
  #quick = -1;
  #slow = Infinity;

  constructor({ source, flags, written }: Source, native: RegExp | undefined, parsed?: ParsedRegex) {
    this.#source = source;
    this.#flags = flags;
    this.#written = written;
    this.#native = native;
    this.#parsed = parsed;
  }

  /** The first match. */
  match(text: string): RegexMatch | null | Unknown {
    if (this.#native && this.#isQuick(text.length)) {
      try {
        return this.#native.exec(text) as RegexMatch | null;
      } catch {
        // The stack of the engine is too small for the text.
      }
    }
    const offsets = this.offsets(text);
    return offsets === null || offsets === unknown ? offsets : this.#matchAt(text, offsets);
  }

  /** Whether it matches anywhere. */
  matches(text: string): boolean | Unknown {
    const match = this.match(text);
    return match === unknown ? unknown : match !== null;
  }

  /** As {@link match}; throws `UnknownAnswer`: for searches that end there. */
  exec(text: string): RegexMatch | null {
    const match = this.match(text);
    return match === unknown ? this.#giveUp() : match;
  }

  /** As {@link matches}; throws `UnknownAnswer`. */
  test(text: string): boolean {
    return this.exec(text) !== null;
  }

  /** The text with each match replaced; throws `UnknownAnswer`. */
  replaceAll(text: string, replacement: (match: RegexMatch) => string): string {
    let out = '';
    let done = 0;
    for (let from = 0; from <= text.length;) {
      const offsets = this.offsets(text, from);
      if (offsets === unknown) return this.#giveUp();
      if (offsets === null) break;
      const [begin = 0, end = 0] = offsets;
      out += text.slice(done, begin) + replacement(this.#matchAt(text, offsets));
      done = end;
      from = end === begin ? end + 1 : end;
    }
    return out + text.slice(done);
  }

  /** Where the first match at or behind `from`, and its groups, begin and end: pairs of offsets, -1 for a group that took no part. */
  offsets(text: string, from = 0): Offsets | null | Unknown {
    if (this.#program === undefined) {
      const parsed = this.#parse();
      this.#program = (parsed && compileProgram(parsed, this.#flags)) ?? null;
    }
    if (this.#program === null) return unknown;
    const offsets = runProgram(this.#program, text, from);
    return offsets === undefined ? unknown : offsets;
  }

  #giveUp(): never {
    return giveUp(`It would take too long to tell whether the pattern "${this.#written}" matches.`);
  }

  #parse(): ParsedRegex | null {
    if (this.#parsed === undefined) this.#parsed = parseRegex(this.#source) ?? null;
    return this.#parsed;
  }

  #isQuick(length: number): boolean {
    if (length <= this.#quick) return true;
    if (length >= this.#slow) return false;
    const parsed = this.#parse();
    if (parsed && costOf(parsed, this.#flags, length) <= maxNativeCost) this.#quick = length;
    else this.#slow = length;
    return length <= this.#quick;
  }

  #matchAt(text: string, offsets: Offsets): RegexMatch {
    const { groups = 0, names } = this.#parse() ?? {};
    const part = (group: number): string | undefined => {
      const begin = offsets[2 * group]!;
      const end = offsets[2 * group + 1]!;
      return begin < 0 || end < 0 ? undefined : text.slice(begin, end);
    };
    const parts = Array.from({ length: groups + 1 }, (_, group) => part(group));
    const named =
      names && names.size > 0 ? Object.fromEntries([...names].map(([name, at]) => [name, part(at)])) : undefined;
    return Object.assign(parts, { index: offsets[0]!, groups: named }) as unknown as RegexMatch;
  }
}

function costOf({ root }: ParsedRegex, flags: string, length: number): number {
  const first = root.kind === 'sequence' ? root.items[0] : root;
  const isAnchored = first?.kind === 'assertion' && first.what === 'start' && !flags.includes('m');
  const starts = isAnchored ? 1 : length + 1;
  return waysOf(root, length) * (Math.min(length, widthOf(root).most) + 1) * starts;
}
