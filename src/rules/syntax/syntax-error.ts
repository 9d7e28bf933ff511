import type { ConfigFile, Problem } from '../../syntax/tree.ts';
import { ApacheSections, SkippedSections } from '../../servers/apache/meaning/section-kinds.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A piece of the config that the server cannot read',
    why: 'The server refuses the whole configuration, or reads it in another way than it looks.',
    how: 'Write it in the form that the message names.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
      'https://httpd.apache.org/docs/2.4/configuring.html#syntax',
    ],
  },
  messages: { unreadable: '{{text}}' },
  check: ({ config, targets, report }) => {
    const skipped = new Map<ConfigFile, SkippedSections>();

    /** What httpd skips it reads by the names of the tags alone; an opening tag may lack its ">" there. */
    function isSkipped({ start }: Problem, file: ConfigFile): boolean {
      if (file.dialect !== 'apache' || !/^<[^/]/.test(file.source.text.slice(start, start + 2))) return false;
      if (!skipped.has(file)) skipped.set(file, new SkippedSections(file, new ApacheSections(config, targets)));
      return skipped.get(file)!.around(start) !== undefined;
    }

    return {
      problem(problem, file) {
        const { code, start, end, message, related, tolerated } = problem;
        if (code !== 'syntax-error') return;
        report({
          message: 'unreadable',
          at: { file: file.source, start, end },
          data: { text: message ?? 'This cannot be read.' },
          ...((tolerated || isSkipped(problem, file)) && { severity: 'warning' }),
          ...(related && {
            related: [{ at: { file: file.source, ...related }, message: 'the server notices it here' }],
          }),
        });
      },
    };
  },
});
