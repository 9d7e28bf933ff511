/** Why a config is not laid out. */
import { swallowedBy } from '../servers/nginx/meaning/unread.ts';
import type { Block, ConfigFile, Problem } from '../syntax/tree.ts';

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
  if (problem) return { start: problem.start, message: sentenceOf(problem) };
  return file.dialect === 'nginx' ? runOnIn(file.root) : undefined;
}

/** A block whose head begins with another directive: laid out as nginx reads it, the lines would hide the mistake. */
function runOnIn(block: Block): { readonly start: number; readonly message: string } | undefined {
  const waiting: Block[] = [block];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const directive of next.directives) {
      if (!directive.block) continue;
      const word = swallowedBy(directive);
      if (word) return { start: word.start, message: `";" is missing before "${word.value}".` };
      waiting.push(directive.block);
    }
  }
  return undefined;
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
