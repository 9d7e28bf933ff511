import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A try_files whose script gets no arguments',
    why: 'The last parameter of try_files is a new URI, and what is not written there is gone: the script sees an empty QUERY_STRING, so searches, pages and tokens in the address have no effect.',
    how: 'Pass the arguments on: "try_files $uri $uri/ /index.php$is_args$args;".',
    whenOff: 'Where the script reads no arguments.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files'],
  },
  messages: {
    dropped: 'The arguments of the request are dropped on the way to "{{script}}".',
  },
  check: ({ report }) => ({
    directives: {
      try_files(directive) {
        const word = directive.args.at(-1);
        if (!word || directive.args.length < 2 || !/^\/[^?$]*\.php$/.test(word.value)) return;
        const at = placeIn(directive, word);
        const end = at.end - (word.quote === '' ? 0 : 1);
        report({
          message: 'dropped',
          at,
          data: { script: word.value },
          fix: {
            title: 'Pass the arguments on',
            safety: 'unsafe',
            edits: [{ place: { ...at, start: end, end }, text: '$is_args$args' }],
          },
        });
      },
    },
  }),
});
