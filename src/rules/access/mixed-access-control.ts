import { defineRule } from '../define-rule.ts';
import { legacyGroups, type AccessGroup } from './_access-compat.ts';

/** Providers that say the same as `Allow` and `Deny`; a login beside `Order` is an old and sound pattern. */
const byClient = /^(?:all|ip|host|local|env|forward-dns)$/i;

export default defineRule({
  meta: {
    summary: 'Access control of httpd 2.2 and 2.4 in one section',
    why: 'A client must satisfy both "Require" and "Order"/"Allow"/"Deny", or, with "Satisfy Any", either; what one of them grants the other still denies, which few readers expect.',
    how: 'Keep the "Require" lines and remove "Order", "Allow", "Deny" and "Satisfy".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/howto/access.html',
      'https://httpd.apache.org/docs/2.4/upgrading.html#access',
    ],
  },
  messages: {
    mixed: '"{{legacy}}" stands beside "{{require}}" in one section: a client has to pass both.',
  },
  check: ({ config, targets, report }) => ({
    start() {
      for (const group of legacyGroups(config, targets)) {
        if (!isMixed(group)) continue;
        const [legacy] = group.legacy;
        const require = clientRequirement(group);
        report({
          message: 'mixed',
          at: legacy!,
          data: { legacy: legacy!.name.value, require: 'Require' },
          related: [{ at: require!, message: 'the new form' }],
        });
      }
    },
  }),
});

export function isMixed(group: AccessGroup): boolean {
  return clientRequirement(group) !== undefined;
}

function clientRequirement({ require }: AccessGroup): AccessGroup['require'][number] | undefined {
  return require.find(({ args }) =>
    byClient.test((/^not$/i.test(args[0]?.value ?? '') ? args[1] : args[0])?.value ?? ''),
  );
}
