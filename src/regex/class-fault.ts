const posixClasses =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit|<|>):\]/;

/** Offset after the `]` of the class that starts at `start`. A `]` that comes first is a literal. */
export function classEnd(text: string, start: number): number | undefined {
  let at = start + 1;
  if (text[at] === '^') at++;
  if (text[at] === ']') at++;
  while (at < text.length) {
    if (text[at] === ']') return at + 1;
    if (text[at] === '\\') at += 2;
    else if (text[at] === '[') at += posixClasses.exec(text.slice(at, at + 12))?.[0].length ?? 1;
    else at++;
  }
  return undefined;
}

/** Ranges of plain letters and digits only: escapes would have to be resolved first. */
export function classFault(text: string): string | undefined {
  const escape = /(?<!\\)(?:\\\\)*\\([a-zA-Z])/.exec(text);
  if (escape && unknownEscapes.includes(escape[1]!)) return `unknown escape sequence "\\${escape[1]}"`;
  const range = /(?<![\\-])(?<!\\.)([a-zA-Z0-9])-([a-zA-Z0-9])/g;
  for (const match of text.matchAll(range)) {
    if (match[1]! > match[2]!) return `range out of order in the character class "${text}"`;
  }
  return undefined;
}

/** Letters that mean nothing after a backslash, which PCRE2 refuses. */
export const unknownEscapes = 'ijmqyFIJLMOTUYlu';
