import { apacheDirective } from '../../servers/apache/facts/index.ts';
import type { Comment, ConfigFile } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A comment that ends with a backslash and swallows the directive in the next line',
    why: 'Apache joins lines before it looks for comments: a backslash at the end of a comment, as of a Windows path, makes the next line a part of it. The directive there is gone, without a message.',
    how: 'End the comment with another character.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/configuring.html#syntax'],
  },
  messages: {
    swallowed: 'This line belongs to the comment above, which ends with a backslash: "{{name}}" is not read.',
  },
  check({ report }) {
    function check({ raw, start }: Comment, { source }: ConfigFile): void {
      let at = raw.indexOf('\n');
      if (at === -1 || isCommentedOut(raw.slice(0, at))) return;
      for (; at !== -1; at = raw.indexOf('\n', at + 1)) {
        const end = raw.indexOf('\n', at + 1);
        const line = raw.slice(at + 1, end === -1 ? undefined : end);
        const [, blank = '', name] = /^([ \t]*)<?\/?([A-Za-z]\w*)(?=[ \t>\r]|$)/.exec(line) ?? [];
        if (name === undefined || !apacheDirective(name.toLowerCase())) continue;
        const from = start + at + 1 + blank.length;
        const place = { file: source, start: from, end: from + line.trim().length };
        report({ message: 'swallowed', at: place, data: { name } });
        return;
      }
    }

    return {
      file(file) {
        for (const comment of file.comments) if (comment.raw.includes('\n')) check(comment, file);
      },
    };
  },
});

/** A directive over several lines of which the first was made a comment: the others are meant to go with it. */
function isCommentedOut(firstLine: string): boolean {
  const name = /^\s*#+\s*<?([A-Za-z]\w*)/.exec(firstLine)?.[1];
  return name !== undefined && apacheDirective(name.toLowerCase()) !== undefined;
}
