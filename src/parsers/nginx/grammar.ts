import { SourceFile } from '../../text/source.ts';
import { AnalysedParser } from '../shared/analysed-parser.ts';
import decisions from './decisions.json' with { type: 'json' };
import { CloseBrace, OpenBrace, RawBlock, Semicolon, tokenTypes, Word } from './tokens.ts';
import { TreeBuilder } from './tree.ts';

/**
 *     file  = item*
 *     item  = Word+ ( ";" | block | RawBlock | nothing ) | ";" | "{" | "}"
 *     block = "{" item* "}"?
 *
 * All but the first alternative of `item`, and the absence of `;` and `}`, are errors in nginx. With them every
 * sequence of tokens has a reading: the parser itself never fails, and needs no recovery that would lose parts.
 *
 * The alternatives and the loop's body are made once, not with each directive.
 */
export class NginxParser extends AnalysedParser {
  /** Set before each run; the grammar's recording meets this first one. */
  tree = new TreeBuilder(new SourceFile('', ''), undefined, false);

  constructor() {
    super(tokenTypes);
    this.analyse(decisions);
  }

  readonly #word = (): void => this.tree.word(this.CONSUME(Word));

  readonly #items = [
    { ALT: () => this.#directive() },
    { ALT: () => this.tree.straySemicolon(this.CONSUME(Semicolon)) },
    { ALT: () => this.tree.strayOpen(this.CONSUME(OpenBrace)) },
    { ALT: () => this.tree.strayClose(this.CONSUME(CloseBrace)) },
  ];

  readonly #endings = [
    { ALT: () => this.tree.semicolon(this.CONSUME2(Semicolon)) },
    { ALT: () => this.SUBRULE(this.block) },
    {
      ALT: () => {
        const raw = this.CONSUME(RawBlock);
        this.ACTION(() => this.tree.rawBlock(raw));
      },
    },
    { ALT: () => this.ACTION(() => this.tree.unterminated(this.LA(1))) },
  ];

  readonly file = this.RULE('file', () => {
    this.MANY(() => this.SUBRULE(this.item));
  });

  readonly item = this.RULE('item', () => {
    this.OR(this.#items);
  });

  readonly block = this.RULE('block', () => {
    const open = this.CONSUME(OpenBrace);
    const isOpen = this.ACTION(() => this.tree.openBlock(open));
    this.MANY({
      GATE: () => isOpen && this.tree.continues(this.LA(1)),
      DEF: () => this.SUBRULE(this.item),
    });
    const close = this.OPTION({
      GATE: () => isOpen && this.tree.closes(this.LA(1)),
      DEF: () => this.CONSUME(CloseBrace),
    });
    this.ACTION(() => isOpen && this.tree.closeBlock(close));
  });

  #directive(): void {
    this.AT_LEAST_ONE(this.#word);
    this.tree.directive();
    this.OR2(this.#endings);
  }
}
