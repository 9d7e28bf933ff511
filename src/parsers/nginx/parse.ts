import type { IToken } from 'chevrotain';
import type { SourceFile } from '../../text/source.ts';
import type { ConfigFile, Directive, Problem } from '../../syntax/tree.ts';
import { NginxParser } from './grammar.ts';
import { scanNginx, type Piece } from './scan.ts';
import { TreeBuilder } from './tree.ts';

const byteOrderMark = '\uFEFF';

let made: NginxParser | undefined;

/** Reads an nginx config or any piece of one. Never throws. */
export function parseNginx(source: SourceFile, includedBy?: Directive): ConfigFile {
  const { code: text } = source;
  // Replaced by a space, it leaves the offsets as they are.
  const { tokens, comments } = scanNginx(text.startsWith(byteOrderMark) ? ` ${text.slice(1)}` : text);

  const file = build(source, tokens, comments, includedBy, false);
  const [unclosed, surplus] = braceProblems(file);
  if (unclosed === 0 && surplus === 0) return file;
  // The braces do not balance. The indentation may tell where, but is believed only if it explains it all.
  const byLayout = build(source, tokens, comments, includedBy, true);
  const [unclosedByLayout, surplusByLayout] = braceProblems(byLayout);
  return unclosedByLayout === unclosed && surplusByLayout === surplus ? byLayout : file;
}

function build(
  source: SourceFile,
  tokens: IToken[],
  comments: readonly Piece[],
  includedBy: Directive | undefined,
  byLayout: boolean,
): ConfigFile {
  const parser = (made ??= new NginxParser());
  const tree = new TreeBuilder(source, includedBy?.parent.owner, byLayout);
  if (source.text.startsWith(byteOrderMark)) tree.byteOrderMark();
  parser.tree = tree;
  parser.run(() => parser.file(), tokens);
  return tree.finish(comments, includedBy);
}

function braceProblems(file: ConfigFile): [unclosed: number, surplus: number] {
  const count = (code: Problem['code']): number => file.problems.filter((problem) => problem.code === code).length;
  return [count('unclosed-block'), count('unexpected-close')];
}
