import type { Listener, ServerName, VirtualHost } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Two virtual hosts on one address have the same name',
    why: 'The first virtual host with a name answers all its requests; the other one is never asked for it.',
    how: 'Remove the name from one of them, or merge them.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/server_names.html',
      'https://httpd.apache.org/docs/2.4/vhosts/details.html',
    ],
  },
  messages: {
    duplicate:
      'The name "{{name}}" is taken by an earlier virtual host on the same address, which answers all its requests.',
  },
  check({ report }) {
    function checkListener({ virtualHosts }: Listener): void {
      const owners = new Map<string, { readonly host: VirtualHost; readonly name: ServerName }[]>();
      for (const host of virtualHosts) {
        for (const name of host.names) {
          if (isCatchAll(name)) continue;
          const key = name.kind === 'regex' ? name.text : name.text.toLowerCase();
          const same = owners.get(key);
          const first = same?.find((owner) => owner.host !== host && isReadWith(owner.host, host));
          if (first) {
            const related = [
              { at: placeIn(first.name.directive, first.name.word), message: 'the virtual host that answers' },
            ];
            report({
              message: 'duplicate',
              at: placeIn(name.directive, name.word),
              data: { name: name.text },
              related,
            });
          } else if (same) same.push({ host, name });
          else owners.set(key, [{ host, name }]);
        }
      }
    }

    return { listener: checkListener };
  },
});

/** Names that stand for "any other": their requests go to the default host anyway. */
function isCatchAll({ kind, text }: ServerName): boolean {
  return kind === 'unknown' || text === '' || text === '_';
}

function isReadWith(first: VirtualHost, second: VirtualHost): boolean {
  return !first.directive || !second.directive || holdsWith(first.directive, second.directive);
}
