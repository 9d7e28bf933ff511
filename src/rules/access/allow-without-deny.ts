import type { Directive } from '../../syntax/tree.ts';
import { isConditional } from '../../servers/apache/meaning/section-kinds.ts';
import { insertAfter } from '../../edits/statements.ts';
import { defineRule } from '../define-rule.ts';
import { legacyGroups, type AccessGroup } from '../../servers/apache/meaning/access-compat.ts';
import { accessList, asksForLogin, satisfiesAny } from '../../servers/nginx/meaning/access-lists.ts';

export default defineRule({
  meta: {
    summary: 'A list of allowed clients that turns nobody away',
    why: 'Whoever no rule names gets in: the list looks like a restriction and is none.',
    how: {
      nginx: 'End the list with "deny all;".',
      apache: 'Use "Require ip ..." in place of "Allow from".',
    },
    whenOff: 'Where a firewall turns everybody else away, and the list is a note about it.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['allow'], apache: ['allow'] },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_access_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_access_compat.html#order',
    ],
  },
  messages: {
    nginx: '"allow {{client}};" restricts nothing: no "deny" follows, so all other clients get in too.',
    apache: '"Allow from {{client}}" restricts nothing: the order is "Deny,Allow" and nothing is denied.',
  },
  check: {
    nginx: ({ report }) => ({
      block(block) {
        const list = accessList(block);
        const first = list?.find(({ args }) => args[0]!.value !== 'all');
        if (!list || !first || list.some(({ key }) => key === 'deny')) return;
        // Whoever is not on the list is asked for the login then.
        if (satisfiesAny(block) && asksForLogin(block)) return;
        report({
          message: 'nginx',
          at: first,
          data: { client: first.args[0]!.value },
          fix: { title: 'End the list with "deny all;"', edits: [insertAfter(list.at(-1)!, 'deny all')] },
        });
      },
    }),
    apache: ({ config, targets, report }) => ({
      start() {
        for (const group of legacyGroups(config, targets)) {
          const allow = ineffectiveAllow(group);
          if (allow) report({ message: 'apache', at: allow, data: { client: allow.args[1]!.value } });
        }
      },
    }),
  },
});

/** The first `Allow from` of a group that denies nobody; another group of the same section may. */
function ineffectiveAllow({ block, legacy, require }: AccessGroup): Directive | undefined {
  const { owner } = block;
  if (!owner || isConditional(owner) || require.length > 0) return undefined;
  if (
    owner.key.startsWith('limit') ||
    block.directives.some((inner) => isConditional(inner) || /^include|^limit|^use$/.test(inner.key))
  )
    return undefined;
  const order = legacy.findLast(({ key }) => key === 'order')?.args[0]?.value.toLowerCase() ?? 'deny,allow';
  if (order !== 'deny,allow' || legacy.some(({ key }) => key === 'deny' || key === 'satisfy')) return undefined;
  const allows = legacy.filter(({ key, args }) => key === 'allow' && args.length > 1);
  return allows.some(({ args }) => args.some(({ value }) => /^all$/i.test(value))) ? undefined : allows[0];
}
