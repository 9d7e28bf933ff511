/** Compiles a regular expression to the instructions of a backtracking machine. */
import { widthOf } from './cost.ts';
import type { ParsedRegex, RegexNode } from './parse.ts';

/** One code unit. */
export interface CharacterSet {
  /** For the first 256. */
  readonly table: Uint8Array;
  /** For any. */
  readonly regex: RegExp;
}

/** Targets are indexes of instructions. `next` of a branch is tried before `other`. */
export type Instruction =
  | { readonly op: 'set'; readonly set: CharacterSet }
  | { readonly op: 'branch'; next: number; other: number; readonly index: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  /** Goes to `to` where nothing was read since the position in `slot`: a loop that matches nothing ends. */
  | { readonly op: 'progress'; readonly slot: number; to: number }
  | { readonly op: 'assertion'; readonly what: Assertion }
  | { readonly op: 'reference'; readonly slot: number }
  /** The body follows and ends with `match`; then it goes on at `to`. Widths are those of what a lookbehind can match. */
  | { readonly op: 'body'; readonly kind: BodyKind; to: number; readonly least: number; readonly most: number }
  | { readonly op: 'match' };

export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'boundary' | 'inside';
export type BodyKind = 'atomic' | 'ahead' | 'not-ahead' | 'behind' | 'not-behind';

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly branches: number;
  /** Two for the whole match and each group, then one for each loop that must know where it began. */
  readonly slots: number;
  /** The future of a state depends on what groups hold, so that states cannot be remembered. */
  readonly hasReference: boolean;
}

/** Repetitions with counts are written out. */
const maxInstructions = 20_000;

class TooLarge extends Error {}

/** `flags`: `i`, `m`. Undefined where the program would be too large, or where a lookbehind has no bound. */
export function compileProgram({ root, groups }: ParsedRegex, flags: string): Program | undefined {
  try {
    return new Compiler(groups, flags).run(root);
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

class Compiler {
  readonly #instructions: Instruction[] = [];
  readonly #sets = new Map<string, CharacterSet>();
  readonly #flags: string;
  #branches = 0;
  #slots: number;
  #hasReference = false;

  constructor(groups: number, flags: string) {
    this.#slots = 2 * (groups + 1);
    this.#flags = flags;
  }

  run(root: RegexNode): Program {
    this.#emit({ op: 'save', slot: 0 });
    this.#node(root);
    this.#emit({ op: 'save', slot: 1 });
    this.#emit({ op: 'match' });
    return {
      instructions: this.#instructions,
      branches: this.#branches,
      slots: this.#slots,
      hasReference: this.#hasReference,
    };
  }

  get #end(): number {
    return this.#instructions.length;
  }

  #emit<I extends Instruction>(instruction: I): I {
    if (this.#instructions.length >= maxInstructions) throw new TooLarge();
    this.#instructions.push(instruction);
    return instruction;
  }

  #branch(): { op: 'branch'; next: number; other: number; index: number } {
    return this.#emit({ op: 'branch', next: 0, other: 0, index: this.#branches++ });
  }

  #node(node: RegexNode): void {
    switch (node.kind) {
      case 'set':
        return void this.#emit({ op: 'set', set: this.#set(node.source) });
      case 'assertion':
        return void this.#emit({ op: 'assertion', what: this.#assertion(node.what) });
      case 'sequence':
        return node.items.forEach((item) => this.#node(item));
      case 'alternatives':
        return this.#alternatives(node.items);
      case 'capture':
        this.#emit({ op: 'save', slot: 2 * node.number });
        this.#node(node.item);
        return void this.#emit({ op: 'save', slot: 2 * node.number + 1 });
      case 'reference':
        this.#hasReference = true;
        return void this.#emit({ op: 'reference', slot: 2 * node.to });
      case 'atomic':
        return this.#body('atomic', node.item);
      case 'look':
        return this.#body(`${node.negated ? 'not-' : ''}${node.behind ? 'behind' : 'ahead'}`, node.item);
      case 'repeat':
        if (node.mode === 'possessive') return this.#body('atomic', { ...node, mode: 'greedy' });
        return this.#repeat(node.item, node.range.least, node.range.most, node.mode === 'lazy');
    }
  }

  #assertion(what: 'start' | 'end' | 'boundary' | 'inside'): Assertion {
    return this.#flags.includes('m') && (what === 'start' || what === 'end') ? `line-${what}` : what;
  }

  #alternatives(items: readonly RegexNode[]): void {
    const jumps: { to: number }[] = [];
    items.forEach((item, index) => {
      if (index === items.length - 1) return this.#node(item);
      const branch = this.#branch();
      branch.next = this.#end;
      this.#node(item);
      jumps.push(this.#emit({ op: 'jump', to: 0 }));
      branch.other = this.#end;
    });
    for (const jump of jumps) jump.to = this.#end;
  }

  #body(kind: BodyKind, item: RegexNode): void {
    const { least, most } = widthOf(item);
    if (kind.endsWith('behind') && most === Infinity) throw new TooLarge();
    const body = this.#emit({ op: 'body', kind, to: 0, least, most });
    this.#node(item);
    this.#emit({ op: 'match' });
    body.to = this.#end;
  }

  #repeat(item: RegexNode, least: number, most: number, lazy: boolean): void {
    for (let count = 0; count < least; count++) this.#node(item);
    if (most === Infinity) return this.#loop(item, lazy);
    const branches: { next: number; other: number }[] = [];
    for (let count = least; count < most; count++) {
      const branch = this.#branch();
      branches.push(branch);
      branch.next = this.#end;
      this.#node(item);
    }
    for (const branch of branches) turn(branch, branch.next, this.#end, lazy);
  }

  #loop(item: RegexNode, lazy: boolean): void {
    const start = this.#end;
    const branch = this.#branch();
    const inside = this.#end;
    const slot = widthOf(item).least === 0 ? this.#slots++ : undefined;
    if (slot !== undefined) this.#emit({ op: 'save', slot });
    this.#node(item);
    const progress = slot === undefined ? undefined : this.#emit({ op: 'progress', slot, to: 0 });
    this.#emit({ op: 'jump', to: start });
    if (progress) progress.to = this.#end;
    turn(branch, inside, this.#end, lazy);
  }

  #set(source: string): CharacterSet {
    let set = this.#sets.get(source);
    if (!set) this.#sets.set(source, (set = characterSet(source, this.#flags)));
    return set;
  }
}

function turn(branch: { next: number; other: number }, inside: number, after: number, lazy: boolean): void {
  branch.next = lazy ? after : inside;
  branch.other = lazy ? inside : after;
}

/** The source is a class or an escape of one character, so that it cannot take long. */
function characterSet(source: string, flags: string): CharacterSet {
  const escaped = /^[$()*+?^|]$/.test(source) ? `\\${source}` : source;
  let regex: RegExp;
  try {
    regex = new RegExp(`^${escaped}$`, flags.includes('i') ? 'i' : '');
  } catch {
    throw new TooLarge();
  }
  const table = Uint8Array.from({ length: 256 }, (_, code) => (regex.test(String.fromCharCode(code)) ? 1 : 0));
  return { table, regex };
}
