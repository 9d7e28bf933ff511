import type { Directive } from '../../syntax/tree.ts';
import { insertBefore } from '../../edits/statements.ts';
import { eachLevel, firstName, lostList, textOf } from '../../servers/nginx/meaning/lost-lists.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { parameterKeys } from '../../servers/nginx/meaning/pass.ts';

export default defineRule({
  meta: {
    summary: 'An inner fastcgi_param, uwsgi_param or scgi_param drops those of the outer level',
    why: 'nginx inherits the parameters only where the inner level has none at all: after one such line the application no longer gets the script, the query or the method, and answers with an empty page or an error.',
    how: 'Repeat the lost parameters on the inner level, or include the file that holds them there.',
    whenOff: 'Where the script of the inner level needs none of the outer parameters.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: parameterKeys },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_param',
      'https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_param',
      'https://nginx.org/en/docs/http/ngx_http_scgi_module.html#scgi_param',
    ],
  },
  messages: {
    lost: 'The "{{directive}}" directives of this level drop those of the outer level: the application no longer receives {{names}} as set there.',
  },
  check({ report }) {
    return eachLevel((scope) => {
      for (const key of parameterKeys) {
        const list = lostList(scope, key, firstName);
        // Files such as fastcgi_params hold nothing else that matters, but here they are what is asked for.
        if (!list || scope.own('include').some(isUnread)) continue;
        const { lost, lostBy } = list;
        const names = [...new Set(lost.map(({ args }) => args[0]!.value))];
        report({
          message: 'lost',
          at: lostBy,
          data: { directive: key, names: listOf(names.map((name) => `"${name}"`)) },
          related: lost.map((at) => ({ at, message: `"${at.args[0]!.value}" is set here and lost` })),
          fix: { title: 'Repeat the lost parameters', edits: [insertBefore(lostBy, lost.map(textOf))] },
        });
      }
    });
  },
});

function isUnread({ included, includeFailure }: Directive): boolean {
  return !included || (includeFailure !== undefined && includeFailure.reason !== 'no-match');
}
