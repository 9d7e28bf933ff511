/** The braces of a `*_by_lua_block` with all between them. */
import type { IToken } from 'chevrotain';
import { endOfLuaBlock } from './lua.ts';
import { isWord } from './tokens.ts';

export interface RawBlockMatch {
  readonly image: string;
  readonly isClosed: boolean;
}

const maxUnclosed = 20;

/**
 * Undefined where the words before an opening brace name no such directive. `unclosed` counts those without an end that were met in one
 * text: each costs a search to the end of the file.
 */
export function matchRawBlock(
  text: string,
  offset: number,
  before: readonly IToken[],
  unclosed: { count: number },
): RawBlockMatch | undefined {
  let name: IToken | undefined;
  for (let at = before.length - 1; at >= 0 && isWord(before[at]!); at--) name = before[at];
  if (!name || !/_by_lua_block["']?$/.test(name.image)) return undefined;
  let end = unclosed.count < maxUnclosed ? endOfLuaBlock(text, offset) : -1;
  const isClosed = end !== -1;
  if (!isClosed) {
    unclosed.count++;
    end = endByLayout(text, offset, name.startOffset);
  }
  return { image: text.slice(offset, end), isClosed };
}

/** A guess where a Lua block ends that is never closed: after the first `}` indented no more than the directive. */
function endByLayout(text: string, offset: number, nameStart: number): number {
  const indent = nameStart - 1 - text.lastIndexOf('\n', nameStart - 1);
  const close = new RegExp(String.raw`\n[ \t]{0,${Math.min(indent, 200)}}\}`, 'g');
  close.lastIndex = offset;
  return close.test(text) ? close.lastIndex : text.length;
}
