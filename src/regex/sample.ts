/** Writes a text that a regular expression matches: a first guess, to be tested, where a proof is dear. */
import { translatePcre } from './pcre.ts';

/** A short path that the PCRE pattern should match; undefined for look-arounds, back references and what is not understood. */
export function samplePath(pattern: string): string | undefined {
  const text = sampleText(pattern);
  return text === undefined || text.startsWith('/') ? text : `/${text}`;
}

/** As {@link samplePath} for any text. */
export function sampleText(pattern: string): string | undefined {
  return sampleOf(sourceOf(pattern), 0);
}

/** Different texts that the pattern should match, at most that many: of alternatives one after the other, with and without what may be left out. */
export function sampleTexts(pattern: string, most: number): readonly string[] {
  const source = sourceOf(pattern);
  const texts = new Set<string>();
  for (let pick = 0; pick < most; pick++) {
    const text = sampleOf(source, pick);
    if (text === undefined) break;
    texts.add(text);
  }
  return [...texts];
}

function sourceOf(pattern: string): string | undefined {
  const source = translatePcre(pattern)?.source.replaceAll('(?=\\n?$)', '$');
  return source !== undefined && source.length <= maxLength ? source : undefined;
}

function sampleOf(source: string | undefined, pick: number): string | undefined {
  if (source === undefined) return undefined;
  const sampler = new Sampler(source, pick);
  const text = sampler.alternatives();
  return sampler.atEnd ? text : undefined;
}

const maxLength = 500;
const maxDepth = 50;
const maxRepeat = 20;
/** Nested counts would multiply. */
const maxText = 4000;

/**
 * Takes the first alternative, the least repetition and the first member of a class. `pick`: which alternative, the last where there are
 * fewer; from 1 on what may be left out is there once.
 */
class Sampler {
  readonly #source: string;
  readonly #pick: number;
  #at = 0;
  #depth = 0;

  constructor(source: string, pick: number) {
    this.#source = source;
    this.#pick = pick;
  }

  get atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  alternatives(): string | undefined {
    if (++this.#depth > maxDepth) return undefined;
    let picked = this.#sequence();
    if (picked === undefined) return undefined;
    for (let index = 1; this.#source[this.#at] === '|'; index++) {
      this.#at++;
      const text = this.#sequence();
      if (text === undefined) return undefined;
      if (index <= this.#pick) picked = text;
    }
    this.#depth--;
    return picked;
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
    return quantifier[0].startsWith('+') || this.#pick > 0 ? 1 : 0;
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
