/** The little of C that reading tables of structures needs. */

const skipped = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*/g;

/** Blanks comments, preprocessor lines and what stands in `#if 0`; lines stay where they are. */
export function plainSource(text: string): string {
  const bare = text.replace(skipped, (part) => (part.startsWith('/') ? part.replace(/[^\n]/g, '') : part));
  const conditions: boolean[] = [];
  let continues = false;
  return bare
    .split('\n')
    .map((line) => {
      const directive = /^\s*#\s*(if|ifdef|ifndef|elif|else|endif)?\b(.*)/.exec(line);
      if (directive?.[1]) follow(conditions, directive[1], directive[2]!.trim());
      const isSkipped = continues || directive !== null || conditions.includes(false);
      continues = (continues || directive !== null) && line.trimEnd().endsWith('\\');
      return isSkipped ? '' : line;
    })
    .join('\n');
}

/** @param conditions for each open `#if` whether its lines may be compiled */
function follow(conditions: boolean[], keyword: string, condition: string): void {
  if (keyword === 'endif') conditions.pop();
  else if (keyword.startsWith('if')) conditions.push(keyword !== 'if' || condition !== '0');
  else conditions[conditions.length - 1] = true;
}

const bracketOrString = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[{}]/g;

/** The offset of the `}` that belongs to the `{` at `open`. */
export function closingBrace(source: string, open: number): number {
  let depth = 0;
  bracketOrString.lastIndex = open;
  for (let match = bracketOrString.exec(source); match; match = bracketOrString.exec(source)) {
    if (match[0] === '{') depth++;
    else if (match[0] === '}' && --depth === 0) return match.index;
  }
  return source.length;
}

/** The entries `{ ... }` of the table whose `{` is at `open`, each split at its commas. */
export function tableEntries(source: string, open: number): string[][] {
  const end = closingBrace(source, open);
  const entries: string[][] = [];
  for (let start = source.indexOf('{', open + 1); start !== -1 && start < end;) {
    const close = closingBrace(source, start);
    entries.push(fields(source.slice(start + 1, close)));
    start = source.indexOf('{', close);
  }
  return entries;
}

/** Splits at the commas that stand in no parentheses, braces or strings. */
export function fields(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\[^])*"|[(){}[\],]/g)) {
    const [sign] = match;
    if ('({['.includes(sign)) depth++;
    else if (')}]'.includes(sign)) depth--;
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, match.index).trim());
      from = match.index + 1;
    }
  }
  const last = text.slice(from).trim();
  return last === '' ? parts : [...parts, last];
}

/** The words in `ngx_string("...")`. */
export function strings(text: string): string[] {
  return [...text.matchAll(/ngx_string\(\s*"([^"]*)"\s*\)/g)].map(([, word]) => word!);
}
