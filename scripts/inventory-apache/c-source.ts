/** Functions and strings of C files, as far as an inventory of messages needs them. */

export interface CFunction {
  readonly file: string;
  readonly name: string;
  /** Return type, name and parameters. */
  readonly head: string;
  readonly body: string;
}

const head = /^((?:[A-Za-z_][\w*]*(?:\([\w *]*\))?[\s*]+)+)(\w+)\s*\(([^;{}"]*)\)\s*\{/gm;

/** The functions that are defined in a file: their heads and the closing braces begin a line. */
export function functionsOf(file: string, source: string): CFunction[] {
  const text = withoutComments(source);
  const functions: CFunction[] = [];
  for (const match of text.matchAll(head)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('\n}', start);
    if (end !== -1) functions.push({ file, name: match[2]!, head: match[0], body: text.slice(start, end) });
  }
  return functions;
}

/** Without comments, and without what `#if 0` leaves out. */
function withoutComments(source: string): string {
  return source
    .replaceAll(/"(?:[^"\\\n]|\\[^])*"|\/\*[^]*?\*\//g, (text) => (text.startsWith('"') ? text : ' '))
    .replaceAll(/^#if 0\b[^]*?^#endif.*$/gm, '');
}

/** The names of the functions that a function calls. */
export function callsIn({ body }: CFunction): Set<string> {
  return new Set(withoutStrings(body).match(/[A-Za-z_]\w*(?=\s*\()/g));
}

/** All names, also those of the functions that a function passes on. */
export function namesIn({ body }: CFunction): Set<string> {
  return new Set(withoutStrings(body).match(/[A-Za-z_]\w*/g));
}

function withoutStrings(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\[^])*"/g, '""');
}

/** The statement that begins at an offset, up to its semicolon outside of strings. */
export function statementAt(body: string, start: number): string {
  const match = /^(?:"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[^;"'])*/.exec(body.slice(start));
  return match![0];
}

/** The arguments of a call whose opening parenthesis precedes `start`. */
export function argumentsAt(text: string, start: number): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  const piece = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[(),]/g;
  piece.lastIndex = start;
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    if (match[0] === '(') depth++;
    if (match[0] === ')' && depth-- === 0) {
      found.push(text.slice(from, match.index).trim());
      return found;
    }
    if (match[0] === ',' && depth === 0) {
      found.push(text.slice(from, match.index).trim());
      from = match.index + 1;
    }
  }
  return found;
}

/** The text of adjacent literals, with `%s` for what a macro puts between them; undefined if there is no literal. */
export function literalOf(expression: string): string | undefined {
  const pieces = expression.match(/"(?:[^"\\]|\\[^])*"|[A-Za-z_]\w*(?:\([^()]*\))?/g) ?? [];
  if (!pieces.some((piece) => piece.startsWith('"'))) return undefined;
  return pieces
    .map((piece) => {
      if (piece.startsWith('"')) return unescaped(piece.slice(1, -1));
      if (piece.startsWith('APLOGNO')) return '';
      if (/^APR_\w+_FMT$/.test(piece)) return 'd';
      return '%s';
    })
    .join('');
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(\r?\n|.)/gs, (_, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character.trim(),
  );
}
