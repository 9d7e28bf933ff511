import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Access rules in <Limit> leave all other methods open',
    why: 'The rules hold for the listed methods only. Scripts and proxied backends answer any method, so a request with PUT, or with a method that nobody knows, passes without the check.',
    how: 'Write the rules outside of <Limit>, or use <LimitExcept> with the methods that need no check.',
    whenOff: 'Where something else keeps the other methods out, for instance the application.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/core.html#limit',
      'https://cwe.mitre.org/data/definitions/650.html',
    ],
  },
  messages: {
    limited: '"{{rule}}" holds for {{methods}} only; requests with any other method pass without it.',
  },
  check: ({ report }) => ({
    directives: {
      limit(limit) {
        const methods = limit.args.map(({ value }) => value.toUpperCase());
        // Rules for writing methods only are meant so.
        if (!limit.block || !methods.includes('GET')) return;
        const rule = children(limit.block).find((each) => restricts(each));
        const around = children(limit.parent);
        if (!rule || around.some((each) => each.key === 'limitexcept' || restricts(each))) return;
        const text = [rule.name, ...rule.args].map(({ value }) => value).join(' ');
        report({
          message: 'limited',
          at: limit,
          data: { rule: text, methods: methods.join(' ') },
          related: [{ at: rule, message: 'the rule' }],
          witness: "curl -X ANYTHING 'http://host/'",
        });
      },
    },
  }),
});

function restricts({ key, args }: Directive): boolean {
  const text = args.map(({ value }) => value.toLowerCase()).join(' ');
  if (key === 'require') return !/^(?:all granted|not\b|method\b)/.test(text);
  if (key === 'deny') return text.startsWith('from ');
  return /^require(?:all|any|none)$/.test(key);
}
