/**
 * One token a logical line. httpd itself reads a config in two steps: `ap_cfg_getline` joins lines, `ap_build_config` (server/config.c) tells
 * them apart by their first characters, and only then is a line split into words (`words.ts`).
 */
import { createToken, type IToken, type TokenType } from 'chevrotain';
import type { PairedTag } from './tags.ts';

export const sectionClose = createToken({ name: 'SectionClose' });
export const sectionOpen = createToken({ name: 'SectionOpen' });
export const directiveLine = createToken({ name: 'DirectiveLine' });

/** Not in the text: made where a section ends without its closing tag. */
export const sectionCut = createToken({ name: 'SectionCut' });
/** Made from a tag that opens or closes nothing. */
export const strayTag = createToken({ name: 'StrayTag' });

export const allTokens = [sectionClose, sectionOpen, directiveLine, sectionCut, strayTag];

/** A logical line, by its place. */
export class LineToken implements IToken {
  declare readonly image: '';
  readonly tokenType: TokenType;
  readonly tokenTypeIdx: number;
  readonly startOffset: number;
  /** Offset behind the line. */
  readonly end: number;
  /** Of a line that is a tag, for the grammar. */
  readonly paired: PairedTag | undefined;

  constructor(tokenType: TokenType, startOffset: number, end: number, paired?: PairedTag) {
    this.tokenType = tokenType;
    this.tokenTypeIdx = tokenType.tokenTypeIdx!;
    this.startOffset = startOffset;
    this.end = end;
    this.paired = paired;
  }
}

// The grammar asks for no text, and tens of thousands of lines need none of their own.
Object.assign(LineToken.prototype, { image: '' });
