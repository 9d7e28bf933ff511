import type { IToken } from 'chevrotain';
import type { Directive } from '../../syntax/tree.ts';
import { AnalysedParser } from '../shared/analysed-parser.ts';
import type { TreeBuilder } from './build.ts';
import decisions from './decisions.json' with { type: 'json' };
import { allTokens, directiveLine, sectionClose, sectionCut, sectionOpen, strayTag } from './tokens.ts';

/**
 * Sections and lines. The tags are paired before (`../shared/pairing.ts`), so every opening tag has its end (a closing tag or a cut) and whatever pairs with
 * nothing is a stray: each sequence of tokens that reaches the grammar is accepted.
 */
export class ApacheParser extends AnalysedParser {
  builder!: TreeBuilder;

  constructor() {
    super(allTokens);
    this.analyse(decisions);
  }

  readonly file = this.RULE('file', () => {
    this.MANY(() => this.SUBRULE(this.#item));
  });

  readonly #item = this.RULE('item', () => {
    this.OR([
      { ALT: () => this.#act(this.CONSUME(directiveLine), (token) => this.builder.directive(token)) },
      { ALT: () => this.SUBRULE(this.#section) },
      { ALT: () => this.#act(this.CONSUME(strayTag), (token) => this.builder.strayTag(token)) },
    ]);
  });

  readonly #section = this.RULE('section', () => {
    const open = this.CONSUME(sectionOpen);
    const directive: Directive = this.ACTION(() => this.builder.openSection(open));
    this.MANY(() => this.SUBRULE(this.#item));
    this.OR([
      { ALT: () => this.#act(this.CONSUME(sectionClose), (token) => this.builder.closeSection(directive, token)) },
      { ALT: () => this.#act(this.CONSUME(sectionCut), (token) => this.builder.cutSection(directive, token)) },
    ]);
  });

  #act(token: IToken, build: (token: IToken) => void): void {
    this.ACTION(() => build(token));
  }
}

let parser: ApacheParser | undefined;

export function apacheParser(): ApacheParser {
  return (parser ??= new ApacheParser());
}
