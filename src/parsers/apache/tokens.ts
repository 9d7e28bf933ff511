/**
 * One token a logical line. httpd itself reads a config in two steps: `ap_cfg_getline` joins lines, `ap_build_config` (server/config.c) tells
 * them apart by their first characters, and only then is a line split into words (`words.ts`).
 */
import { createToken, Lexer, type CustomPatternMatcherFunc, type TokenType } from 'chevrotain';
import { anyCharacter } from '../shared/characters.ts';
import { logicalLineEnd } from './lines.ts';

function wholeLine(begins: (text: string, offset: number) => boolean): CustomPatternMatcherFunc {
  return (text, offset) => {
    if (!begins(text, offset)) return null;
    return [text.slice(offset, logicalLineEnd(text, offset))] as unknown as RegExpExecArray;
  };
}

function lineToken(
  name: string,
  startChars: (string | number)[],
  begins: (text: string, offset: number) => boolean,
  group?: string,
): TokenType {
  return createToken({
    name,
    pattern: wholeLine(begins),
    start_chars_hint: startChars,
    line_breaks: true,
    ...(group !== undefined && { group }),
  });
}

export const blank = createToken({
  name: 'Blank',
  pattern: /[ \t\v\f\r\n]+|\\\r?\n/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
export const comment = lineToken('Comment', ['#'], (text, offset) => text[offset] === '#', 'comments');
export const sectionClose = lineToken('SectionClose', ['<'], (text, offset) => text.startsWith('</', offset));
export const sectionOpen = lineToken('SectionOpen', ['<'], (text, offset) => text[offset] === '<');
export const directiveLine = lineToken('DirectiveLine', anyCharacter(), () => true);

/** Not in the text: made where a section ends without its closing tag. */
export const sectionCut = createToken({ name: 'SectionCut', pattern: Lexer.NA });
/** Made from a tag that opens or closes nothing. */
export const strayTag = createToken({ name: 'StrayTag', pattern: Lexer.NA });

export const lexedTokens = [blank, comment, sectionClose, sectionOpen, directiveLine];
export const allTokens = [...lexedTokens, sectionCut, strayTag];

let lexer: Lexer | undefined;

export function apacheLexer(): Lexer {
  return (lexer ??= new Lexer(lexedTokens, { ensureOptimizations: true, positionTracking: 'onlyOffset' }));
}
