/**
 * What PCRE2 refuses to compile, as far as it can be told from the pattern alone. Both servers use PCRE2 for their regular
 * expressions. Source: the `pcre2pattern` manual page; error texts as in `pcre2_compile`.
 */
import { wordTable } from '../text/word-table.ts';
import { classEnd, classFault, unknownEscapes } from './class-fault.ts';

/** Escapes that stand for a place between characters, or for none. */
const assertions = 'bBAZzGKE';

/** What must follow a letter that takes an argument. */
const escapeArguments: Readonly<Record<string, RegExp>> = wordTable({
  c: /^[\x20-\x7e]/,
  g: /^[{<'\d+-]/,
  k: /^[{<']/,
  o: /^\{/,
  p: /^(?:\{|[CLMNPSZ])/,
  P: /^(?:\{|[CLMNPSZ])/,
});

/** A named group up to the end of its name, which has at most 128 characters. */
const groupName = /^\(\?(?:P?<(?![=!*])|')([^>')]*)([>']?)/;

/** What may follow `(?`: kinds of groups, calls and callouts, or options up to a colon. */
const groupKind = /^\(\?(?:[:=!>|<&'*0-9+-]|P[<=>]|[RC]|\^?[imsnxJUaDSWPTr]*(?:-[imsnxr]*)?:)/;

const maximalRepeat = 65_535;

/** Why PCRE2 refuses the pattern (lower case, no full stop); undefined: it accepts it, or that cannot be told. */
export function pcreFault(pattern: string): string | undefined {
  return new Scanner(pattern).run();
}

class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #groups = 0;
  #highestReference = 0;
  /** For each open group, whether what is inside must have a bounded length: that of a lookbehind. */
  readonly #isBounded: boolean[] = [];
  /** Whether white space and comments are no part of the pattern. */
  #isExtended = false;
  /** Whether what was just read can be repeated. */
  #repeatable = false;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string | undefined {
    // Verbs and callouts change how the rest is read, as does extended mode that begins or ends somewhere inside.
    this.#isExtended = /^\(\?[a-wyzA-Z]*x[a-zA-Z]*\)/.test(this.#text);
    const inside = this.#isExtended ? this.#text.slice(this.#text.indexOf(')')) : this.#text;
    if (/\(\?[a-zA-Z^-]*x|\(\*[a-zA-Z:]|\(\?C/.test(inside)) return undefined;
    while (this.#at < this.#text.length) {
      const fault = this.#step(this.#text[this.#at]!);
      if (fault) return fault;
    }
    if (this.#depth > 0) return 'missing closing parenthesis';
    if (this.#highestReference > this.#groups)
      return `reference to the group ${this.#highestReference}, which does not exist`;
    return undefined;
  }

  #step(character: string): string | undefined {
    if (this.#isExtended && /[\s#]/.test(character)) return this.#skip(character);
    switch (character) {
      case '\\':
        return this.#escape();
      case '[':
        return this.#class();
      case '(':
        return this.#open();
      case ')':
        return this.#close();
      case '|':
      case '^':
      case '$':
        return this.#pass(false);
      case '*':
      case '+':
      case '?':
        return this.#repeat(1, character !== '?');
      case '{':
        return this.#braces();
      default:
        return this.#pass(true);
    }
  }

  /** White space and comments of extended mode: what stands before them can still be repeated. */
  #skip(character: string): undefined {
    const end = character === '#' ? this.#text.indexOf('\n', this.#at) : this.#at;
    this.#at = end === -1 ? this.#text.length : end + 1;
    return undefined;
  }

  #pass(repeatable: boolean): undefined {
    this.#at++;
    this.#repeatable = repeatable;
    return undefined;
  }

  #escape(): string | undefined {
    const next = this.#text[this.#at + 1];
    if (next === undefined) return '"\\" at the end of the pattern';
    if (
      unknownEscapes.includes(next) ||
      escapeArguments[next]?.test(this.#text.slice(this.#at + 2, this.#at + 3)) === false
    ) {
      return `unknown escape sequence "\\${next}"`;
    }
    if (next === 'Q') {
      const end = this.#text.indexOf('\\E', this.#at);
      this.#at = end === -1 ? this.#text.length : end;
    }
    if (next >= '1' && next <= '9') {
      const digits = /^\d+/.exec(this.#text.slice(this.#at + 1))![0];
      if (digits.length === 1) this.#highestReference = Math.max(this.#highestReference, Number(digits));
    }
    this.#at += 2;
    this.#repeatable = !assertions.includes(next);
    return undefined;
  }

  #open(): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 4);
    this.#depth++;
    this.#repeatable = false;
    if (rest.startsWith('(*')) return 'unknown verb after "(*"';
    const look = /^\(\?(<?)[=!*]/.exec(rest);
    this.#isBounded.push(look ? look[1] === '<' : (this.#isBounded.at(-1) ?? false));
    if (!rest.startsWith('(?')) {
      this.#groups++;
      this.#at++;
      return undefined;
    }
    if (rest.startsWith('(?#')) return this.#comment();
    const begin = this.#text.slice(this.#at, this.#at + 20);
    const flags = /^\(\?[a-zA-Z^-]*\)/.exec(begin);
    if (flags && !/^\(\?[RP]/.test(flags[0])) return this.#flags(flags[0]);
    const name = groupName.exec(this.#text.slice(this.#at, this.#at + 140));
    if (name && (!name[2] || !/^[A-Za-z_]\w*$/.test(name[1]!)))
      return 'group name that is not made of letters, digits and "_"';
    if (name) this.#groups++;
    else if (rest.startsWith('(?|') || rest.startsWith('(?(')) this.#groups = Infinity;
    else if (!groupKind.test(begin)) return 'unrecognized character after "(?"';
    this.#at += 2;
    // The name, flags or kind of the group follow; none of it can be repeated or opens anything.
    this.#at += /^(?:<[=!*]|P?<[^>]*>|'[^']*'|[:=!>|&*]|[a-zA-Z^-]+:?)?/.exec(this.#text.slice(this.#at))![0].length;
    return undefined;
  }

  /** `(?i)`: no group, and nothing that can be repeated. */
  #flags(text: string): string | undefined {
    this.#depth--;
    this.#isBounded.pop();
    this.#at += text.length;
    return /^\(\?\^?[imsnxJUar]*(?:-[imsnxr]*)?\)$/.test(text) ? undefined : 'unrecognized character after "(?"';
  }

  #comment(): string | undefined {
    const end = this.#text.indexOf(')', this.#at);
    if (end === -1) return 'missing closing parenthesis after a comment';
    this.#depth--;
    this.#isBounded.pop();
    this.#at = end + 1;
    return undefined;
  }

  #close(): string | undefined {
    this.#isBounded.pop();
    if (--this.#depth < 0) return 'closing parenthesis without an opening one';
    return this.#pass(true);
  }

  #repeat(length: number, isUnbounded: boolean): string | undefined {
    if (!this.#repeatable) return 'quantifier that follows nothing to repeat';
    if (isUnbounded && this.#isBounded.at(-1)) return 'lookbehind whose length has no bound';
    this.#at += length;
    // A `+` or `?` after a quantifier makes it possessive or lazy.
    if (this.#text[this.#at] === '+' || this.#text[this.#at] === '?') this.#at++;
    this.#repeatable = false;
    return undefined;
  }

  #braces(): string | undefined {
    const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#text.slice(this.#at));
    if (!match) return this.#pass(true);
    const least = Number(match[1]);
    const most = match[3] ? Number(match[3]) : undefined;
    if (least > maximalRepeat || (most ?? 0) > maximalRepeat) return 'number too big in {} quantifier';
    if (most !== undefined && most < least) return 'numbers out of order in {} quantifier';
    return this.#repeat(match[0].length, match[2] === ',' && most === undefined);
  }

  #class(): string | undefined {
    const end = classEnd(this.#text, this.#at);
    if (end === undefined) return 'missing "]" that ends a character class';
    const fault = classFault(this.#text.slice(this.#at, end));
    this.#at = end;
    this.#repeatable = true;
    return fault;
  }
}
