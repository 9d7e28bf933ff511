/** Writes a text that a regular expression matches: a first guess, to be tested, where a proof is dear. */
import { translatePcre } from './pcre.ts';

/** A short path that the PCRE pattern should match; undefined for look-arounds, back references and what is not understood. */
export function samplePath(pattern: string): string | undefined {
  const text = sampleText(pattern);
  return text === undefined || text.startsWith('/') ? text : `/${text}`;
}

/** As {@link samplePath} for any text. */
export function sampleText(pattern: string): string | undefined {
  const source = translatePcre(pattern)?.source.replaceAll('(?=\\n?$)', '$');
  if (source === undefined || source.length > maxLength) return undefined;
  const sampler = new Sampler(source);
  const text = sampler.alternatives();
  return sampler.atEnd ? text : undefined;
}

const maxLength = 500;
const maxDepth = 50;
const maxRepeat = 20;
/** Nested counts would multiply. */
const maxText = 4000;

/** Takes the first alternative, the least repetition and the first member of a class. */
class Sampler {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  alternatives(): string | undefined {
    if (++this.#depth > maxDepth) return undefined;
    const first = this.#sequence();
    if (first === undefined) return undefined;
    while (this.#source[this.#at] === '|') {
      this.#at++;
      if (this.#sequence() === undefined) return undefined;
    }
    this.#depth--;
    return first;
  }

  #sequence(): string | undefined {
    let text = '';
    while (!this.atEnd && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      const atom = this.#atom();
      if (atom === undefined) return undefined;
      text += atom.repeat(Math.min(this.#least(), maxRepeat));
      if (text.length > maxText) return undefined;
    }
    return text;
  }

  #atom(): string | undefined {
    const character = this.#source[this.#at++]!;
    if (character === '^' || character === '$') return '';
    if (character === '.') return 'x';
    if (character === '(') return this.#group();
    if (character === '[') return this.#class();
    return character === '\\' ? this.#escape() : character;
  }

  #group(): string | undefined {
    const head = /^\?(?::|<[A-Za-z_]\w*>)/.exec(this.#source.slice(this.#at, this.#at + 80));
    if (head) this.#at += head[0].length;
    else if (this.#source[this.#at] === '?') return undefined;
    const text = this.alternatives();
    return this.#source[this.#at++] === ')' ? text : undefined;
  }

  #class(): string | undefined {
    const start = this.#at - 1;
    while (!this.atEnd && this.#source[this.#at] !== ']') this.#at += this.#source[this.#at] === '\\' ? 2 : 1;
    const members = compile(this.#source.slice(start, ++this.#at));
    if (!members) return undefined;
    return [...'xa0/-_.A'].find((candidate) => members.test(candidate)) ?? printable.find((each) => members.test(each));
  }

  #escape(): string | undefined {
    const character = this.#source[this.#at++] ?? '';
    if (character === 'd') return '0';
    if (character === 'w' || character === 'S' || character === 'D') return 'x';
    if (character === 'W') return '-';
    return /\w/.test(character) ? undefined : character;
  }

  /** The least count of the quantifier that stands here, 1 without one. */
  #least(): number {
    const quantifier = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.#source.slice(this.#at, this.#at + 24));
    if (!quantifier) return 1;
    this.#at += quantifier[0].length;
    if (quantifier[1] !== undefined) return Number(quantifier[1]);
    return quantifier[0].startsWith('+') ? 1 : 0;
  }
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
