import type { Fix } from '../finding.ts';
import type { Block, ConfigFile, Problem } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';
import { lineEndAfter } from '../../edits/statements.ts';
import { indentOf } from '../../text/words.ts';
import { isCutShort } from '../../syntax/excerpt.ts';
import { type RuleContext, defineRule } from '../define-rule.ts';
import { hasUnquotedPattern, noticedAt } from '../../servers/nginx/refusals/index.ts';

const messages = { unclosed: 'The block "{{name}}" is never closed.' } as const;

export default defineRule({
  meta: {
    summary: 'A block is never closed',
    why: 'The server refuses the whole configuration, and everything after the opening brace is read as part of the block.',
    how: 'Close the block where it should end.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  },
  messages,
  check: {
    nginx: (context) => ({
      problem(problem, file) {
        // The slip is reported where it is.
        if (hasUnquotedPattern(file)) return;
        const noticed = (): Place | undefined => noticedAt(context.config, file, context.targets);
        check(context, { problem, file, noticed, fixOf });
      },
    }),
    sslh: (context) => ({
      problem(problem, file) {
        const noticed = (): Place | undefined => problem.related && { file: file.source, ...problem.related };
        check(context, { problem, file, noticed });
      },
    }),
  },
});

interface Unclosed {
  readonly problem: Problem;
  readonly file: ConfigFile;
  /** Where the server sees it. */
  readonly noticed: () => Place | undefined;
  readonly fixOf?: (problem: Problem, file: ConfigFile) => { readonly fix?: Fix };
}

function check({ report }: RuleContext<typeof messages>, { problem, file, noticed, fixOf }: Unclosed): void {
  if (problem.code !== 'unclosed-block' || isCutShort(file, problem)) return;
  const at = noticed();
  report({
    message: 'unclosed',
    at: { file: file.source, start: problem.start, end: problem.end },
    data: { name: problem.name ?? '' },
    // It may show the beginning of a block alone.
    ...(file.source.outer?.kind === 'document' && { severity: 'info', confidence: 'low' }),
    ...(at && { related: [{ at, message: 'the server notices it here' }] }),
    ...fixOf?.(problem, file),
  });
}

/** The brace goes behind the last directive that reads as part of the block, by the indentation where that explains the file. */
function fixOf({ start }: Problem, { root, source }: ConfigFile): { readonly fix?: Fix } {
  const block = openBlock(root, start);
  const at = block && lineEndAfter(source.text, block.end);
  if (!block?.owner || at === undefined) return {};
  const text = `\n${indentOf(block.owner)}}`;
  return {
    fix: { title: 'Insert "}"', safety: 'unsafe', edits: [{ place: { file: source, start: at, end: at }, text }] },
  };
}

function openBlock({ directives }: Block, start: number): Block | undefined {
  const around = directives.findLast((directive) => directive.start <= start);
  if (!around?.block || around.start === start) return around?.block;
  return openBlock(around.block, start);
}
