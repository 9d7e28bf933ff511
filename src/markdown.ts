/** Finds the configs in the fenced code blocks of a Markdown or MyST document. */
import { detectDialect } from './detect.ts';
import { SourceFile } from './ir/source.ts';
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
 * `shell` or `bash` as often as not. `dialect`: blocks of another dialect are left out.
 */
export function configBlocks(path: string, text: string, dialect?: Dialect): DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  for (const { start, end } of fencedBlocks(text)) {
    const content = text.slice(start, end);
    const found = detectDialect(content);
    if (!found || (dialect && found !== dialect)) continue;
    const source = new SourceFile(path, content, { path, text, offset: start, kind: 'document' });
    blocks.push({ source, dialect: found });
  }
  return blocks;
}

/** Offsets of the contents between fences (CommonMark, section 4.5), without the fence lines. */
function* fencedBlocks(text: string): Generator<{ start: number; end: number }> {
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
