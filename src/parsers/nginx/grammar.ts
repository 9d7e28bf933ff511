import { EmbeddedActionsParser, EMPTY_ALT } from 'chevrotain';
import { SourceFile } from '../../ir/source.ts';
import type { Directive } from '../../ir/syntax.ts';
import { CloseBrace, OpenBrace, RawBlock, Semicolon, tokenTypes, Word } from './tokens.ts';
import { TreeBuilder } from './tree.ts';

/**
 *     file      = item*
 *     item      = directive | ";" | "{" | "}"
 *     directive = Word+ ( ";" | block | RawBlock | nothing )
 *     block     = "{" item* "}"?
 *
 * All but the first alternative of `item`, and the absence of `;` and `}`, are errors in nginx. With them every
 * sequence of tokens has a reading: the parser itself never fails, and needs no recovery that would lose parts.
 */
export class NginxParser extends EmbeddedActionsParser {
  /** Set before each run; the grammar's recording meets this first one. */
  tree = new TreeBuilder(new SourceFile('', ''), undefined, false);

  constructor() {
    super(tokenTypes, { recoveryEnabled: false, maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  readonly file = this.RULE('file', () => {
    this.MANY(() => this.SUBRULE(this.item));
  });

  readonly item = this.RULE('item', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.directive) },
      { ALT: () => this.tree.straySemicolon(this.CONSUME(Semicolon)) },
      { ALT: () => this.tree.strayOpen(this.CONSUME(OpenBrace)) },
      { ALT: () => this.tree.strayClose(this.CONSUME(CloseBrace)) },
    ]);
  });

  readonly directive = this.RULE('directive', () => {
    this.AT_LEAST_ONE(() => this.tree.word(this.CONSUME(Word)));
    const directive = this.tree.directive();
    this.OR([
      { ALT: () => this.tree.semicolon(directive, this.CONSUME(Semicolon)) },
      { ALT: () => this.SUBRULE(this.block, { ARGS: [directive] }) },
      {
        ALT: () => {
          const raw = this.CONSUME(RawBlock);
          this.ACTION(() => this.tree.rawBlock(directive, raw));
        },
      },
      { ALT: EMPTY_ALT(undefined) },
    ]);
    if (directive.terminator === 'none') this.tree.unterminated(directive, this.LA(1));
  });

  readonly block = this.RULE('block', (directive: Directive) => {
    const open = this.CONSUME(OpenBrace);
    const isOpen = this.ACTION(() => this.tree.openBlock(directive, open));
    this.MANY({
      GATE: () => isOpen && this.tree.continues(this.LA(1)),
      DEF: () => this.SUBRULE(this.item),
    });
    const close = this.OPTION({
      GATE: () => isOpen && this.tree.closes(this.LA(1)),
      DEF: () => this.CONSUME(CloseBrace),
    });
    this.ACTION(() => isOpen && this.tree.closeBlock(directive, close));
  });
}
