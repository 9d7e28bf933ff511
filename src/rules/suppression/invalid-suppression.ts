import type { Mistake } from '../../syntax/suppressions.ts';
import { suggest } from '../../text/suggest.ts';
import { defineRule } from '../define-rule.ts';
import { isAboutSuppression } from './_own-rules.ts';

export default defineRule({
  meta: {
    summary: 'A proxylint-ignore comment that names no rule, an unknown rule or no reason',
    why: 'The comment silences nothing, although whoever wrote it thinks so. A reason is asked for because the next reader cannot tell a decision from a shortcut.',
    how: 'Write "proxylint-ignore RULE: reason" with the id of a rule, in front of the line or at its end; "proxylint-ignore-block" in front of a block; "proxylint-ignore-file" anywhere in the file.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/proxylint/proxylint/blob/main/docs/suppression.md'],
  },
  messages: {
    noRule: 'The comment names no rule; expected "proxylint-ignore RULE: reason".',
    noReason: 'The comment gives no reason; expected a colon and the reason after the rule.',
    noBlock: 'No block opens on the line that "proxylint-ignore-block" is for.',
    nothingFollows: 'No line follows that the comment could be for.',
    notInDocument: 'In front of a fenced block only "proxylint-ignore" is known; it is for the whole block.',
    unknownForm:
      '"{{form}}" is no kind of suppression; expected "proxylint-ignore", "proxylint-ignore-block" or "proxylint-ignore-file".',
    unknownRule: 'There is no rule "{{id}}"; "proxylint rules" lists them.',
    misspelledRule: 'There is no rule "{{id}}"; did you mean "{{near}}"?',
    notSuppressible:
      'The rule "{{id}}" is about these comments and cannot be silenced by one; turn it off in the config file.',
  },
  check: ({ report, knownRules }) => {
    const reportMistake = (mistake: Mistake, at: Parameters<typeof report>[0]['at']): void => {
      if (mistake.kind === 'unknown-form') report({ message: 'unknownForm', at, data: { form: mistake.form } });
      else report({ message: messages[mistake.kind], at });
    };
    return {
      suppression: ({ mistake, place, rules }) => {
        if (mistake) reportMistake(mistake, place);
        for (const { id, place: at, status } of rules) {
          if (isAboutSuppression(id)) report({ message: 'notSuppressible', at, data: { id } });
          if (status !== 'unknown') continue;
          const near = suggest(id, knownRules);
          if (near === undefined) report({ message: 'unknownRule', at, data: { id } });
          else report({ message: 'misspelledRule', at, data: { id, near } });
        }
      },
    };
  },
});

const messages = {
  'no-rule': 'noRule',
  'no-reason': 'noReason',
  'no-block': 'noBlock',
  'nothing-follows': 'nothingFollows',
  'not-in-document': 'notInDocument',
} as const;
