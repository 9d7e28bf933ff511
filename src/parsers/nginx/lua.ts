/**
 * Finds the end of a `*_by_lua_block` body, as lua-nginx-module's own lexer does: braces inside of Lua's strings,
 * long brackets and comments do not count.
 */
// One match per piece that matters; the plain text between them is skipped. A string without its closing quote ends
// with its line.
const piece =
  /--\[(=*)\[|--[^\n]*|\[(=*)\[|"[^"\\\n]*(?:\\(?:\r\n|[^])[^"\\\n]*)*"?|'[^'\\\n]*(?:\\(?:\r\n|[^])[^'\\\n]*)*'?|[{}]/g;

/**
 * @param open offset of the `{`
 * @returns offset just after the matching `}`, or -1 if there is none
 */
export function endOfLuaBlock(text: string, open: number): number {
  let depth = 0;
  piece.lastIndex = open;
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    const level = match[1] ?? match[2];
    if (level !== undefined) {
      const close = text.indexOf(`]${level}]`, piece.lastIndex);
      if (close === -1) return -1;
      piece.lastIndex = close + level.length + 2;
    } else if (match[0] === '{') depth++;
    else if (match[0] === '}' && --depth === 0) return piece.lastIndex;
  }
  return -1;
}
