/**
 * One token a logical line. httpd itself reads a config in two steps: `ap_cfg_getline` joins lines, `ap_build_config` (server/config.c) tells
 * them apart by their first characters, and only then is a line split into words (`words.ts`).
 */
import { createToken, Lexer, type CustomPatternMatcherFunc, type TokenType } from 'chevrotain';
import { logicalLineEnd } from './lines.ts';

/**
 * Characters that may begin a line, for the lexer's dispatch table. Chevrotain puts the codes from 256 up into buckets of 255, so one code of
 * each bucket stands for all of them.
 */
function firstCharacters(): number[] {
  const codes = Array.from({ length: 256 }, (_, code) => code);
  for (let code = 256; code <= 0xffff; code += 255) codes.push(code);
  codes.push(0xffff);
  return codes;
}

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
export const directiveLine = lineToken('DirectiveLine', firstCharacters(), () => true);

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
