import type { Place } from '../../text/source.ts';
import type { ConfigFile, Problem } from '../../syntax/tree.ts';
import { deleteSpan } from '../../edits/statements.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { serverOf } from '../../servers/index.ts';
import { noticedAt } from '../../servers/nginx/refusals/index.ts';

const messages = {
  brace: 'This "{{name}}" closes nothing.',
  tag: 'The tag "</{{name}}>" closes no section that is open here.',
} as const;

export default defineRule({
  meta: {
    summary: 'Something is closed that was never opened',
    why: 'The server refuses the whole configuration; mostly a block ended earlier than its author thought.',
    how: 'Delete the closing sign or tag, or look for the block that was closed too early.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
      'https://httpd.apache.org/docs/2.4/sections.html',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({
      problem(problem, file) {
        if (problem.code !== 'unexpected-close') return;
        const noticed = noticedAt(context.config, file, context.targets);
        check(context, { problem, file, message: 'brace', noticed, isWanted: isWanted(context, file) });
      },
    }),
    apache: (context) => ({ problem: (problem, file) => check(context, { problem, file, message: 'tag' }) }),
    sslh: (context) => ({ problem: (problem, file) => check(context, { problem, file, message: 'brace' }) }),
  },
});

type Context = RuleContext<typeof messages>;

interface UnexpectedClose {
  readonly problem: Problem;
  readonly file: ConfigFile;
  readonly message: 'brace' | 'tag';
  /** Where the server sees it. */
  readonly noticed?: Place | undefined;
  /** Something is missing that it would close. */
  readonly isWanted?: boolean;
}

function check({ report }: Context, { problem, file, message, noticed, isWanted }: UnexpectedClose): void {
  const { code, start, end, name = '' } = problem;
  if (code !== 'unexpected-close') return;
  const { source } = file;
  const title = `Delete "${source.text.slice(start, end)}"`;
  report({
    message,
    at: { file: source, start, end },
    data: { name },
    ...(noticed && noticed.start !== start && { related: [{ at: noticed, message: 'the server notices it here' }] }),
    ...(!isWanted && { fix: { title, edits: [deleteSpan(source, { start, end })] } }),
  });
}

/** A block that lacks its opening brace is what such a brace was to close. */
function isWanted({ config, targets }: Context, { source }: ConfigFile): boolean {
  return serverOf('nginx')
    .refusals.of('missing-block', config, targets)
    .some(({ at }) => 'kind' in at && at.parent.file === source);
}
