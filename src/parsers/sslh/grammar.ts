import type { IToken } from 'chevrotain';
import { AnalysedParser } from '../shared/analysed-parser.ts';
import type { TreeBuilder } from './build.ts';
import decisions from './decisions.json' with { type: 'json' };
import { allTokens, close, cut, equals, include, junk, name, open, scalar, separator, string } from './tokens.ts';

/**
 * libconfig without its restrictions: any mixture of entries is accepted everywhere, and the builder says what libconfig would not accept.
 * Delimiters are paired before (`../shared/pairing.ts`), so every opening one has its end, a closing one or a cut.
 */
export class SslhParser extends AnalysedParser {
  builder!: TreeBuilder;

  constructor() {
    super(allTokens);
    this.analyse(decisions);
  }

  readonly file = this.RULE('file', () => {
    this.MANY(() => this.SUBRULE(this.#entry));
  });

  readonly #entry = this.RULE('entry', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.#setting) },
      { ALT: () => this.SUBRULE(this.#element) },
      { ALT: () => this.#act(this.CONSUME(separator), (token) => this.builder.separator(token)) },
      { ALT: () => this.#act(this.CONSUME(include), (token) => this.builder.include(token)) },
      { ALT: () => this.#act(this.CONSUME(equals), (token) => this.builder.junk(token)) },
      { ALT: () => this.#act(this.CONSUME(junk), (token) => this.builder.junk(token)) },
    ]);
  });

  readonly #setting = this.RULE('setting', () => {
    const nameToken = this.CONSUME(name);
    const sign = this.OPTION(() => this.CONSUME(equals));
    this.ACTION(() => this.builder.beginSetting(nameToken, sign));
    let hasValue = false;
    this.OPTION2(() => {
      this.SUBRULE(this.#value);
      hasValue = true;
    });
    this.OPTION3({
      // A bare word is a value only where it does not begin the next setting.
      GATE: () => !hasValue && (sign !== undefined || !this.builder.inList) && this.LA(2).tokenType !== equals,
      DEF: () => this.#act(this.CONSUME2(name), (token) => this.builder.bareWord(token)),
    });
    this.ACTION(() => this.builder.endSetting());
  });

  readonly #element = this.RULE('element', () => {
    this.ACTION(() => this.builder.beginElement(this.LA(1)));
    this.SUBRULE(this.#value);
    this.ACTION(() => this.builder.endSetting());
  });

  readonly #value = this.RULE('value', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.#block) },
      {
        ALT: () => {
          const first = this.CONSUME(scalar);
          this.ACTION(() => this.builder.scalar(first));
          this.MANY({
            // Adjacent strings are one string.
            GATE: () => first.tokenType.CATEGORIES?.includes(string) === true || first.tokenType === string,
            DEF: () => this.#act(this.CONSUME(string), (token) => this.builder.scalar(token)),
          });
        },
      },
    ]);
  });

  readonly #block = this.RULE('block', () => {
    const opener = this.CONSUME(open);
    this.ACTION(() => this.builder.openBlock(opener));
    this.MANY(() => this.SUBRULE(this.#entry));
    this.OR([
      { ALT: () => this.#act(this.CONSUME(close), (token) => this.builder.closeBlock(token)) },
      { ALT: () => this.#act(this.CONSUME(cut), (token) => this.builder.cutBlock(token)) },
    ]);
  });

  #act(token: IToken, build: (token: IToken) => void): void {
    this.ACTION(() => build(token));
  }
}

let parser: SslhParser | undefined;

export function sslhParser(): SslhParser {
  return (parser ??= new SslhParser());
}
