/** Words that may begin with a sign, as those of `Options` and `SSLProtocol`. */
import type { Word } from '../../../syntax/tree.ts';

export function split(word: Word): { sign: string; name: string } {
  const sign = /^[+-]/.exec(word.value)?.[0] ?? '';
  return { sign, name: word.value.slice(sign.length) };
}

/** Whether some names hold the text, in any case. */
export function includes(names: readonly string[], text: string): boolean {
  return names.some((name) => name.toLowerCase() === text.toLowerCase());
}
