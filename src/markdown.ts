/** Finds the configs in a document: fenced code blocks of Markdown and MyST, or stretches of config among plain prose. */
import { detectDialect, dialectOfLine } from './detect.ts';
import { SourceFile, type Span } from './ir/source.ts';
import type { Dialect } from './ir/syntax.ts';

export interface DocumentBlock {
  readonly source: SourceFile;
  readonly dialect: Dialect;
}

export function isDocument(path: string): boolean {
  return /\.(?:md|markdown|mdx|mkd|rst|txt)$/i.test(path);
}

/**
 * The fenced blocks whose content is a config, whatever their info string says: documents label nginx configs as
 * `shell` or `bash` as often as not. A document without fences may hold configs all the same, as a page that was
 * copied as plain text. `dialect`: blocks of another dialect are left out.
 */
export function configBlocks(path: string, text: string, dialect?: Dialect): DocumentBlock[] {
  let spans = [...fencedBlocks(text)];
  if (spans.length === 0) spans = [...plainBlocks(text)];
  const blocks: DocumentBlock[] = [];
  for (const { start, end } of spans) {
    const content = text.slice(start, end);
    const found = detectDialect(content);
    if (!found || (dialect && found !== dialect)) continue;
    const source = new SourceFile(path, content, { path, text, offset: start, kind: 'document' });
    blocks.push({ source, dialect: found });
  }
  return blocks;
}

/** Offsets of the contents between fences (CommonMark, section 4.5), without the fence lines. */
function* fencedBlocks(text: string): Generator<Span> {
  let open: { fence: string; start: number } | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    if (line === '') break;
    const fence = /^[ \t>]*(`{3,}|~{3,})(.*)/.exec(line);
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
    } else if (trimmed !== '' && !trimmed.startsWith('#')) {
      if (stretch?.hasBlock) yield stretch;
      stretch = undefined;
    }
  }
  if (stretch?.hasBlock) yield stretch;
}

/** How many blocks a line opens, less those it closes. */
function depthChange(line: string): number {
  if (line.startsWith('#')) return 0;
  if (line.startsWith('</')) return -1;
  if (/^<\w.*>$/.test(line)) return 1;
  const count = (pattern: RegExp): number => line.match(pattern)?.length ?? 0;
  return count(/[{(]\s*(?:#.*)?$/g) - count(/^[})]/g);
}
