import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A referer check that lets requests without a Referer header in, or with one that is no URL',
    why: 'Anyone can leave the header out: a link with rel="noreferrer", a Referrer-Policy, curl. As a protection against foreign pages the check then stops nobody who knows of it.',
    how: 'Leave "none" and "blocked" out where the check is meant to protect; keep them where people who hide the header shall be let in, and protect forms by tokens.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/http/ngx_http_referer_module.html#valid_referers'],
  },
  messages: {
    none: 'The parameter "none" lets requests without a Referer header pass this check.',
    blocked:
      'The parameter "blocked" lets requests pass this check whose Referer header is no URL, such as "Referer: x".',
  },
  check: ({ report }) => ({
    directives: {
      valid_referers: (directive) => {
        for (const word of directive.args) {
          if (word.value === 'none' || word.value === 'blocked')
            report({ message: word.value, at: placeIn(directive, word) });
        }
      },
    },
  }),
});
