import type { Edit } from '../finding.ts';
import type { Place } from '../../text/source.ts';
import { deleteSpan } from '../../edits/statements.ts';
import { defineRule } from '../define-rule.ts';
import { isAboutSuppression } from './_own-rules.ts';

export default defineRule({
  meta: {
    summary: 'A proxylint-ignore comment that silences nothing',
    why: 'What it was written for is gone, or it stands at the wrong place. It would hide the next mistake of its kind on that line.',
    how: 'Delete the comment, or move it to the line before the finding.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/proxylint/proxylint/blob/main/docs/suppression.md'],
    fixable: 'safe',
  },
  messages: { unused: 'The comment silences no finding of "{{id}}".' },
  check: ({ config, report }) => {
    // Where something could not be read, a finding may only be missing.
    let isBroken: boolean | undefined;
    return {
      suppression: ({ mistake, place, rules }) => {
        isBroken ??= config.files.some((file) => file.problems.some(({ tolerated }) => !tolerated));
        if (mistake || isBroken || rules.some(({ status }) => status === 'unknown')) return;
        const unused = rules.filter(({ id, status }) => status === 'unused' && !isAboutSuppression(id));
        const isWhole = unused.length === rules.length;
        for (const rule of unused) {
          report({
            message: 'unused',
            at: rule.place,
            data: { id: rule.id },
            // In a piece of a config some rules are silent that speak when the whole is read.
            confidence: config.complete ? 'high' : 'medium',
            fix: {
              title: isWhole ? 'Delete the comment' : `Delete "${rule.id}" from the comment`,
              safety: config.complete ? 'safe' : 'unsafe',
              edits: [isWhole ? deleteSpan(place.file, place) : withoutRule(rule.place, place)],
            },
          });
        }
      },
    };
  },
});

/** Deletes the rule with the comma next to it. */
function withoutRule({ file, start, end }: Place, comment: Place): Edit {
  const comma = /[ \t]*,[ \t]*/y;
  comma.lastIndex = end;
  const after = comma.exec(file.text);
  if (after) return { place: { file, start, end: end + after[0].length }, text: '' };
  const before = /(?<![ \t])[ \t]*,[ \t]*$/.exec(file.text.slice(comment.start, start))!;
  return { place: { file, start: comment.start + before.index, end }, text: '' };
}
