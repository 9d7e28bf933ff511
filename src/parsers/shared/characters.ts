/**
 * All characters, as a hint for the dispatch table of the lexer. Chevrotain puts the codes from 256 up into buckets of 255, so one code of each
 * bucket stands for all of them.
 */
export function anyCharacter(): number[] {
  const codes = Array.from({ length: 256 }, (_, code) => code);
  for (let code = 256; code <= 0xffff; code += 255) codes.push(code);
  codes.push(0xffff);
  return codes;
}
