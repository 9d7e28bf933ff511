import type { Scope } from '../../model/model.ts';
import { hasGap } from '../../syntax/template-gaps.ts';
import { eachLevel } from '../../servers/nginx/meaning/lost-lists.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'An "access_log off" that silences the other logs of its level, too',
    why: '"off" cancels all logs of the level, those written beside it as well, before and behind it: nothing is logged, and nginx says nothing of it.',
    how: 'Remove "access_log off": a log of the level replaces those of the outer ones anyway. Or remove the other lines.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [[{ access_log: isOff }], [{ access_log: (log) => !isOff(log) }]] },
    references: ['https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log'],
  },
  messages: { silenced: 'Nothing is written to "{{log}}": "access_log off" beside it cancels all logs of this level.' },
  check({ report }) {
    function check({ own, directive }: Pick<Scope, 'own' | 'directive'>): void {
      const logs = own('access_log');
      const off = logs.find((each) => each.args.length === 1 && isOff(each));
      const other = logs.find((each) => each !== off && !isOff(each));
      if (!off || !other || (directive?.block && hasGap(directive.block))) return;
      report({
        message: 'silenced',
        at: other,
        data: { log: other.args[0]?.value ?? '' },
        related: [{ at: off, message: 'cancels it' }],
      });
    }

    const checkScope = (scope: Scope): void => check({ own: (key) => scope.own(key), directive: scope.directive });
    const levels = eachLevel(checkScope);
    const seen = new Set<Scope>();
    return {
      ...levels,
      virtualHost(host) {
        levels.virtualHost(host);
        // What stands around the servers is looked at once.
        for (let outer = host.scope.outer; outer && !seen.has(outer); outer = outer.outer) {
          seen.add(outer);
          checkScope(outer);
        }
      },
    };
  },
});
