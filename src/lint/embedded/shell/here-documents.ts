/** Here-documents: `cat > site.conf <<EOF`, `tee site.conf <<'EOF'`, and those of Dockerfiles, `COPY <<EOF site.conf`. POSIX.1-2024, XCU 2.7.4. */
import { LinesByText } from '../../../text/lines-by-text.ts';
import { MappedTextBuilder, type MappedText } from '../../../text/mapped-text.ts';
import type { Span } from '../../../text/span.ts';
import { asItIs, type Piece } from '../piece.ts';
import { expanded } from './expanded.ts';

export interface HereDocument {
  readonly piece: Piece;
  /** In the script. */
  readonly body: Span;
  /** Whether a shell reads it, and no file is written. */
  readonly isScript: boolean;
}

export function* hereDocumentsIn(base: MappedText): Generator<HereDocument> {
  const { text } = base;
  const lines = new LinesByText(text);
  let done = 0;
  let lineStart = 0;
  let lineEnd = -1;
  // Several that are opened in one line follow each other.
  let bodyStart = 0;
  for (let index = text.indexOf('<<'); index !== -1; index = text.indexOf('<<', next(index))) {
    // `<<<` has a word for its text, and an opener in a comment opens nothing.
    if (text[index - 1] === '<') continue;
    const [opener, dash, quote, word] =
      /^<<(-?)[ \t]*([\\"']?)([A-Za-z_][\w.-]*)/.exec(text.slice(index, index + 120)) ?? [];
    if (opener === undefined) continue;
    if (index > lineEnd) {
      lineStart = text.lastIndexOf('\n', index) + 1;
      lineEnd = text.indexOf('\n', index);
      if (lineEnd === -1) return;
      bodyStart = lineEnd + 1;
    }
    const line = text.slice(Math.max(lineStart, index - 2000), Math.min(lineEnd, index + 2000));
    if (line.trimStart().startsWith('#')) continue;
    const start = bodyStart;
    const end = lines.next(word!, start, (lead) => (dash ? /^\t*$/.test(lead) : lead === ''));
    if (end === undefined) continue;
    const endOfLine = text.indexOf('\n', end);
    bodyStart = endOfLine === -1 ? text.length : endOfLine + 1;
    done = end;
    const target = targetOf(commandAround(text, { start: lineStart, end: lineEnd }, index), opener);
    const isQuoted = quote !== '';
    const body = dash ? withoutTabs(base, start, end) : base.slice(start, end);
    const piece = isQuoted ? { content: body, encode: asItIs } : expanded(body);
    yield { piece: { ...piece, name: target }, body: { start, end }, isScript: target === undefined };
  }

  /** The rest of the line first, then what follows the bodies. */
  function next(index: number): number {
    const further = text.indexOf('<<', index + 2);
    return index < lineEnd && further !== -1 && further < lineEnd ? further : Math.max(index + 2, done);
  }
}

/** The command that opens a here-document at an offset; the whole line where it opens no other. */
function commandAround(text: string, line: Span, offset: number): string {
  const from = Math.max(line.start, offset - 2000);
  const before = text.slice(from, offset);
  const after = text.slice(offset, Math.min(line.end, offset + 2000));
  const end = after.search(/;|&&|\|\|/);
  const begin = Math.max(before.lastIndexOf(';'), before.lastIndexOf('&&') + 1, before.lastIndexOf('||') + 1, -1);
  const isOne = !before.includes('<<') && after.lastIndexOf('<<') === 0;
  return isOne ? before + after : before.slice(begin + 1) + (end === -1 ? after : after.slice(0, end));
}

function withoutTabs(base: MappedText, start: number, end: number): MappedText {
  const builder = new MappedTextBuilder(base);
  for (let at = start; at < end;) {
    const lineEnd = base.text.indexOf('\n', at);
    const next = lineEnd === -1 ? end : Math.min(end, lineEnd + 1);
    let from = at;
    while (base.text[from] === '\t') from++;
    builder.copy(from, next);
    at = next;
  }
  return builder.finish();
}

/** The file that a command writes; undefined where it is not told. */
function targetOf(line: string, opener: string): string | undefined {
  const words = line.trim().split(/[ \t]+/);
  const tee = words.indexOf('tee');
  const written = tee === -1 ? undefined : words.slice(tee + 1).find((word) => !word.startsWith('-'));
  // Before what is redirected: `tee file > /dev/null`.
  if (written !== undefined && !written.startsWith('<')) return written.replace(/["';|]/g, '');
  const redirected = /(?<![0-9&])>{1,2}\|?[ \t]{0,9}(["']?)([^\s"'<>|;&()]{1,300})\1/.exec(line);
  if (redirected) return redirected[2];
  if (!/^(?:COPY|ADD)$/i.test(words[0]!)) return undefined;
  const target = words.at(-1)!;
  const name = opener.replace(/^<<-?\s*["'\\]?/, '');
  return target.endsWith('/') ? target + name : target;
}
