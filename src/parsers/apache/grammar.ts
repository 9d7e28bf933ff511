import type { IToken } from 'chevrotain';
import { AnalysedParser } from '../shared/analysed-parser.ts';
import type { TreeBuilder } from './build.ts';
import decisions from './decisions.json' with { type: 'json' };
import { allTokens, directiveLine, sectionClose, sectionCut, sectionOpen, strayTag, type LineToken } from './tokens.ts';

/**
 * Sections and lines. The tags are paired before (`../shared/pairing.ts`), so every opening tag has its end (a closing tag or a cut) and whatever pairs with
 * nothing is a stray: each sequence of tokens that reaches the grammar is accepted.
 *
 * The alternatives and the loop's body are made once, not with each line.
 */
export class ApacheParser extends AnalysedParser {
  builder!: TreeBuilder;

  constructor() {
    super(allTokens);
    this.analyse(decisions);
  }

  readonly #items = [
    { ALT: () => this.#act(this.CONSUME(directiveLine), (token) => this.builder.directive(token)) },
    { ALT: () => this.SUBRULE(this.#section) },
    { ALT: () => this.#act(this.CONSUME(strayTag), (token) => this.builder.strayTag(token)) },
  ];

  readonly #ends = [
    { ALT: () => this.#act(this.CONSUME(sectionClose), (token) => this.builder.closeSection(token)) },
    { ALT: () => this.#act(this.CONSUME(sectionCut), (token) => this.builder.cutSection(token)) },
  ];

  readonly file = this.RULE('file', () => {
    this.MANY(this.#subItem);
  });

  readonly #item = this.RULE('item', () => {
    this.OR(this.#items);
  });

  readonly #subItem = (): void => this.SUBRULE(this.#item);

  readonly #section = this.RULE('section', () => {
    this.#act(this.CONSUME(sectionOpen), (token) => this.builder.openSection(token));
    this.MANY(this.#subItem);
    this.OR(this.#ends);
  });

  /** The grammar is recorded with tokens of Chevrotain's own, which are not built from. */
  #act(token: IToken, build: (token: LineToken) => void): void {
    this.ACTION(() => build(token as LineToken));
  }
}

let parser: ApacheParser | undefined;

export function apacheParser(): ApacheParser {
  return (parser ??= new ApacheParser());
}
