/** Why a config is not laid out. */
import type { ConfigFile, Problem } from '../syntax/tree.ts';

/** What a parser notes of a text that is read all the same. */
function isHarmless({ code, tolerated, partial }: Problem): boolean {
  return partial !== true && (tolerated === true || code === 'libconfig-trailing-comma');
}

/** The first thing that the server would not read, as a sentence; undefined where the file can be laid out. */
export function faultOf(file: ConfigFile): { readonly start: number; readonly message: string } | undefined {
  if (file.unread !== undefined) return { start: 0, message: `It is not read: ${file.unread}.` };
  if (file.source.outer?.kind === 'dump')
    return { start: 0, message: 'This is a print of "nginx -T": format the files themselves.' };
  const problem = file.problems.find((each) => !isHarmless(each));
  return problem && { start: problem.start, message: sentenceOf(problem) };
}

function sentenceOf({ code, name = '', found, message }: Problem): string {
  switch (code) {
    case 'unclosed-block':
    case 'unclosed-section':
      return found === undefined ? `"${name}" is never closed.` : `"${name}" is closed by "</${found}>".`;
    case 'unexpected-close':
      return `"${name}" closes nothing.`;
    case 'unclosed-quote':
      return 'This quote is never closed.';
    case 'missing-semicolon':
      return `";" is missing behind "${name}".`;
    case 'libconfig-trailing-comma':
      return 'This comma is one too many.';
    case 'syntax-error':
      return message ?? 'This cannot be read.';
  }
}
