import { wordTable } from '../text/word-table.ts';

/** Reads the regular expressions that `pcre.ts` writes: JavaScript's, with atomic groups `(?>...)` and possessive quantifiers besides. */

export type RegexNode =
  | { readonly kind: 'set'; readonly source: string }
  | { readonly kind: 'assertion'; readonly what: 'start' | 'end' | 'boundary' | 'inside' }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'alternatives'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly item: RegexNode; readonly range: Range; readonly mode: RepeatMode }
  | { readonly kind: 'capture'; readonly number: number; readonly item: RegexNode }
  | { readonly kind: 'reference'; readonly to: number }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negated: boolean; readonly item: RegexNode }
  | { readonly kind: 'atomic'; readonly item: RegexNode };

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

/** Counts; `most` may be Infinity. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export interface ParsedRegex {
  readonly root: RegexNode;
  /** Of capturing groups. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

/** Groups in groups: as deep as PCRE reads them (PARENS_NEST_LIMIT). */
const maxDepth = 250;

/** Undefined where the text is no such expression. */
export function parseRegex(source: string): ParsedRegex | undefined {
  try {
    return new Parser(source).run();
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

class NotRead extends Error {}

class Parser {
  readonly #source: string;
  readonly #names = new Map<string, number>();
  /** References, whose groups may follow. */
  readonly #references: { to: number | string; node: { kind: 'reference'; to: number } }[] = [];
  #at = 0;
  #depth = 0;
  #groups = 0;

  constructor(source: string) {
    this.#source = source;
  }

  run(): ParsedRegex {
    const root = this.#alternatives();
    if (this.#at < this.#source.length) throw new NotRead();
    for (const { to, node } of this.#references) {
      const number = typeof to === 'number' ? to : (this.#names.get(to) ?? 0);
      if (number < 1 || number > this.#groups) throw new NotRead();
      node.to = number;
    }
    return { root, groups: this.#groups, names: this.#names };
  }

  #alternatives(): RegexNode {
    if (++this.#depth > maxDepth) throw new NotRead();
    const items = [this.#sequence()];
    while (this.#take('|')) items.push(this.#sequence());
    this.#depth--;
    return items.length === 1 ? items[0]! : { kind: 'alternatives', items };
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) {
      items.push(this.#repeated(this.#atom()));
    }
    return items.length === 1 ? items[0]! : { kind: 'sequence', items };
  }

  #atom(): RegexNode {
    const character = this.#source[this.#at++]!;
    switch (character) {
      case '^':
        return { kind: 'assertion', what: 'start' };
      case '$':
        return { kind: 'assertion', what: 'end' };
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return this.#escape();
      case '.':
        return { kind: 'set', source: '.' };
      case '*':
      case '+':
      case '?':
        throw new NotRead();
      default:
        return { kind: 'set', source: /[{}\]/]/.test(character) ? `\\${character}` : character };
    }
  }

  #group(): RegexNode {
    const head = this.#sticky(/\?(?:(:|=|!|<=|<!|>)|<([A-Za-z_]\w*)>)/y);
    if (!head) {
      if (this.#source[this.#at] === '?') throw new NotRead();
      return this.#capture(undefined);
    }
    if (head[2] !== undefined) return this.#capture(head[2]);
    const item = this.#inside();
    if (head[1] === ':') return item;
    if (head[1] === '>') return { kind: 'atomic', item };
    return { kind: 'look', behind: head[1]!.startsWith('<'), negated: head[1]!.endsWith('!'), item };
  }

  #capture(name: string | undefined): RegexNode {
    const number = ++this.#groups;
    if (name !== undefined) {
      if (this.#names.has(name)) throw new NotRead();
      this.#names.set(name, number);
    }
    return { kind: 'capture', number, item: this.#inside() };
  }

  #inside(): RegexNode {
    const item = this.#alternatives();
    if (!this.#take(')')) throw new NotRead();
    return item;
  }

  #class(): RegexNode {
    const start = this.#at - 1;
    while (this.#at < this.#source.length && this.#source[this.#at] !== ']')
      this.#at += this.#source[this.#at] === '\\' ? 2 : 1;
    if (!this.#take(']')) throw new NotRead();
    return { kind: 'set', source: this.#source.slice(start, this.#at) };
  }

  #escape(): RegexNode {
    const reference = this.#sticky(/k<(\w+)>|([1-9]\d*)/y);
    if (reference) return this.#reference(reference[1] ?? Number(reference[2]));
    const character = this.#sticky(/x[0-9A-Fa-f]{2}|[^]/y)?.[0];
    if (character === undefined) throw new NotRead();
    if (character === 'b') return { kind: 'assertion', what: 'boundary' };
    if (character === 'B') return { kind: 'assertion', what: 'inside' };
    return { kind: 'set', source: `\\${character}` };
  }

  #reference(to: number | string): RegexNode {
    const node: { kind: 'reference'; to: number } = { kind: 'reference', to: 0 };
    this.#references.push({ to, node });
    return node;
  }

  #repeated(item: RegexNode): RegexNode {
    const quantifier = this.#sticky(/(?:([*+?])|\{(\d+)(,?)((?<=,)\d*|)\})([?+]?)/y);
    if (!quantifier) return item;
    const [, sign, least, comma, most, suffix] = quantifier;
    const range = sign === undefined ? counted(least!, comma!, most!) : signs[sign]!;
    if (range.most < range.least) throw new NotRead();
    const mode = suffix === '' ? 'greedy' : suffix === '?' ? 'lazy' : 'possessive';
    return { kind: 'repeat', item, range, mode };
  }

  #take(character: string): boolean {
    if (this.#source[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #sticky(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match) this.#at += match[0].length;
    return match;
  }
}

const signs: Readonly<Record<string, Range>> = wordTable({
  '*': { least: 0, most: Infinity },
  '+': { least: 1, most: Infinity },
  '?': { least: 0, most: 1 },
});

function counted(least: string, comma: string, most: string): Range {
  return { least: Number(least), most: comma === '' ? Number(least) : most === '' ? Infinity : Number(most) };
}
