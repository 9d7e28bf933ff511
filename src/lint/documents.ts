/** Finds the configs in a document: fenced code blocks of Markdown and MyST, or stretches of config among plain prose. */
import { detectDialect, dialectOfLine } from '../servers/detection/detect.ts';
import { LinesByText } from '../text/lines-by-text.ts';
import { LineIndex, SourceFile, type Span } from '../text/source.ts';
import type { Dialect } from '../syntax/tree.ts';
import { isCommentLine } from '../syntax/comments.ts';

export interface DocumentBlock {
  readonly source: SourceFile;
  readonly dialect: Dialect;
}

export function isDocument(path: string): boolean {
  return /\.(?:md|markdown|mdx|mkd|rst|adoc|asciidoc|txt)$/i.test(path);
}

/** Whether a document shows code or a listing at all, of whatever kind. */
export function hasBlocks(path: string, text: string): boolean {
  return isDocument(path) && literalBlocks(path, text).next().done === false;
}

/**
 * The fenced blocks whose content is a config, whatever their info string says: documents label nginx configs as
 * `shell` or `bash` as often as not. A document without fences may hold configs all the same, as a page that was
 * copied as plain text. `dialect`: blocks of another dialect are left out.
 */
export function configBlocks(path: string, text: string, dialect?: Dialect): DocumentBlock[] {
  let spans = [...literalBlocks(path, text)];
  if (spans.length === 0) spans = [...plainBlocks(text)];
  const blocks: DocumentBlock[] = [];
  const file = new SourceFile(path, text);
  for (const { start, end } of spans.flatMap((span) => hereDocuments(text, span))) {
    const content = text.slice(start, end);
    const source = new SourceFile(path, content, { path, text, offset: start, kind: 'document', file });
    const found = detectDialect(source.code);
    if (!found || (dialect && found !== dialect)) continue;
    blocks.push({ source, dialect: found });
  }
  return blocks;
}

function literalBlocks(path: string, text: string): Generator<Span> {
  if (/\.rst$/i.test(path)) return indentedBlocks(text);
  return fencedBlocks(text, /\.a(?:scii)?doc$/i.test(path) ? asciiDocFence : markdownFence);
}

/** CommonMark, section 4.5. */
const markdownFence = /^[ \t>]*(`{3,}|~{3,})(.*)/;
const asciiDocFence = /^(-{4,}|\.{4,})(\s*)$/;

/** The literal blocks of reStructuredText: what is indented behind a line that ends with `::`, or behind a directive for code. */
function* indentedBlocks(text: string): Generator<Span> {
  let block: { indent: number; start: number; end: number } | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    if (line === '') break;
    const indent = /^[ \t]*/.exec(line)![0].length;
    if (line.trim() === '') continue;
    if (block && indent > block.indent) {
      // Options of the directive come first.
      if (block.start === -1 && /^:[\w-]+:/.test(line.trim())) continue;
      if (block.start === -1) block.start = index;
      block.end = index + line.length;
      continue;
    }
    if (block && block.start !== -1) yield { start: block.start, end: block.end };
    block = /^\s*\.\. (?:code|code-block|sourcecode|parsed-literal|literalinclude)::|^(?!\s*\.\. ).*::\s*$/.test(line)
      ? { indent, start: -1, end: -1 }
      : undefined;
  }
  if (block && block.start !== -1) yield { start: block.start, end: block.end };
}

/** Offsets of the contents between fences, without the fence lines. */
function* fencedBlocks(text: string, pattern: RegExp): Generator<Span> {
  let open: { fence: string; start: number } | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    if (line === '') break;
    const fence = pattern.exec(line);
    if (!fence) continue;
    const [, marks, info] = fence as unknown as [string, string, string];
    if (!open) {
      // A backtick in the info string makes it inline code.
      if (marks[0] === '~' || !info.includes('`')) open = { fence: marks, start: index + line.length };
    } else if (marks.startsWith(open.fence) && info.trim() === '') {
      yield { start: open.start, end: index };
      open = undefined;
    }
  }
  if (open) yield { start: open.start, end: text.length };
}

/** What a shell command in a block writes into a file (`cat > file <<EOF`), or else the block itself. */
function hereDocuments(text: string, block: Span): Span[] {
  const content = text.slice(block.start, block.end);
  if (!content.includes('<<')) return [block];
  const bodies: Span[] = [];
  const lines = new LineIndex(content);
  const ends = new LinesByText(content);
  let done = 0;
  for (const { 0: opener, 2: word, index } of content.matchAll(/<<-?[ \t]*(["']?)(\w+)\1/g)) {
    if (index < done) continue;
    const { line } = lines.positionAt(index + opener.length);
    if (line === lines.lineCount) break;
    const start = lines.startOfLine(line + 1);
    const end = ends.next(word!, start, () => true);
    if (end === undefined) continue;
    bodies.push({ start: block.start + start, end: block.start + end });
    done = end;
  }
  return bodies.length > 0 ? bodies : [block];
}

/**
 * Stretches of lines that are surely config: blocks with all that is in them, the statements next to them, and the
 * comments and blank lines between. A stretch without any block may be a sentence that quotes a directive.
 */
function* plainBlocks(text: string): Generator<Span> {
  let stretch: { start: number; end: number; hasBlock: boolean } | undefined;
  let depth = 0;
  for (const { 0: line, index } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    if (line === '') break;
    const trimmed = line.trim();
    const isConfig = depth > 0 || dialectOfLine(trimmed) !== undefined;
    if (isConfig) {
      stretch ??= { start: index, end: index, hasBlock: false };
      stretch.end = index + line.length;
      depth = Math.max(0, depth + depthChange(trimmed));
      stretch.hasBlock ||= depth > 0;
    } else if (trimmed !== '' && !isCommentLine(trimmed)) {
      if (stretch?.hasBlock) yield stretch;
      stretch = undefined;
    }
  }
  if (stretch?.hasBlock) yield stretch;
}

/** How many blocks a line opens, less those it closes. */
function depthChange(line: string): number {
  if (isCommentLine(line)) return 0;
  if (line.startsWith('</')) return -1;
  if (/^<\w.*>$/.test(line)) return 1;
  const count = (pattern: RegExp): number => line.match(pattern)?.length ?? 0;
  return count(/[{(]\s*(?:#.*)?$/gs) - count(/^[})]/g);
}
