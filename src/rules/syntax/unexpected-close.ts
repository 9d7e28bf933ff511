import type { ConfigFile } from '../../syntax/tree.ts';
import { deleteSpan } from '../../edits/statements.ts';
import { defineRule } from '../define-rule.ts';
import { analyze } from '../../servers/nginx/refusals/analyze.ts';
import { noticedAt } from '../../servers/nginx/refusals/notice.ts';

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
  messages: {
    brace: 'This "{{name}}" closes nothing.',
    tag: 'The tag "</{{name}}>" closes no section that is open here.',
  },
  check({ config, dialect, targets, report }) {
    /** A block that lacks its opening brace is what such a brace was to close. */
    function isWanted({ source }: ConfigFile): boolean {
      if (dialect !== 'nginx') return false;
      return analyze(config, targets)
        .of('missing-block')
        .some(({ at }) => 'kind' in at && at.parent.file === source);
    }

    return {
      problem({ code, start, end, name = '' }, file) {
        if (code !== 'unexpected-close') return;
        const noticed = dialect === 'nginx' ? noticedAt(config, file, targets) : undefined;
        const { source } = file;
        const title = `Delete "${source.text.slice(start, end)}"`;
        report({
          message: dialect === 'apache' ? 'tag' : 'brace',
          at: { file: source, start, end },
          data: { name },
          ...(noticed &&
            noticed.start !== start && { related: [{ at: noticed, message: 'the server notices it here' }] }),
          ...(!isWanted(file) && { fix: { title, edits: [deleteSpan(source, { start, end })] } }),
        });
      },
    };
  },
});
