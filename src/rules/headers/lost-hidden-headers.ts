import { insertBefore } from '../../edits/statements.ts';
import { eachLevel, firstName, lostList, textOf } from '../../servers/nginx/meaning/lost-lists.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { settingKeys, tellingPasses } from '../../servers/nginx/meaning/pass.ts';

const keys = settingKeys(tellingPasses, 'hide_header');

export default defineRule({
  meta: {
    summary: 'An inner proxy_hide_header, or one of its kin, drops those of the outer level',
    why: 'nginx inherits the list of hidden headers only where the inner level has none at all, so one such line shows clients every header of the backend that was hidden further out.',
    how: 'Repeat the lost lines on the inner level, or put all of them into one file and include it on both levels.',
    whenOff: 'Where the inner level is meant to show what the outer one hides.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: keys },
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_hide_header'],
  },
  messages: {
    shown:
      'The "{{directive}}" directives of this level drop those of the outer level: clients see {{headers}} of the backend again.',
  },
  check({ report }) {
    return eachLevel((scope) => {
      for (const key of keys) {
        const list = lostList(scope, key, firstName);
        if (!list) continue;
        const { lost, lostBy } = list;
        const names = [...new Set(lost.map(({ args }) => args[0]!.value))];
        report({
          message: 'shown',
          at: lostBy,
          data: { directive: key, headers: listOf(names.map((name) => `"${name}"`)) },
          related: lost.map((at) => ({ at, message: `"${at.args[0]!.value}" is hidden here` })),
          fix: { title: 'Hide the lost headers again', edits: [insertBefore(lostBy, lost.map(textOf))] },
        });
      }
    });
  },
});
