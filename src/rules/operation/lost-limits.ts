import type { Directive } from '../../syntax/tree.ts';
import { insertBefore } from '../../edits/statements.ts';
import { eachLevel, lostList, textOf } from '../../servers/nginx/meaning/lost-lists.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';

const keys = ['limit_req', 'limit_conn'];

export default defineRule({
  meta: {
    summary: 'An inner limit_req or limit_conn drops those of the outer level',
    why: 'nginx inherits the limits only where the inner level has none at all: requests that the inner zone lets through are not counted by the outer ones.',
    how: 'Repeat the outer limits on the inner level, unless the inner one is meant to replace them.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: keys },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req',
      'https://nginx.org/en/docs/http/ngx_http_limit_conn_module.html#limit_conn',
    ],
  },
  messages: {
    lost: 'The "{{directive}}" of this level drops the outer one: {{zones}} not count these requests.',
  },
  check({ report }) {
    return eachLevel((scope) => {
      for (const key of keys) {
        const list = lostList(scope, key, zoneOf);
        if (!list) continue;
        const { lost, lostBy } = list;
        const zones = listOf(lost.map((directive) => `"${zoneOf(directive)}"`));
        report({
          message: 'lost',
          at: lostBy,
          data: { directive: key, zones: lost.length === 1 ? `the zone ${zones} does` : `the zones ${zones} do` },
          related: lost.map((at) => ({ at, message: 'the limit that is lost' })),
          fix: { title: 'Repeat the outer limits', edits: [insertBefore(lostBy, lost.map(textOf))] },
        });
      }
    });
  },
});

/** `limit_req zone=name ...`, `limit_conn name number`. */
function zoneOf({ key, args }: Directive): string {
  if (key === 'limit_conn') return args[0]?.value ?? '';
  return args.find(({ value }) => value.startsWith('zone='))?.value.slice('zone='.length) ?? '';
}
