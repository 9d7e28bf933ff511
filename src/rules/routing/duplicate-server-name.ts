import type { Listener, ServerName, VirtualHost } from '../../model/model.ts';
import { type LostName, lostNames as lostApacheNames } from '../../servers/apache/meaning/hosts.ts';
import { lostNames as lostNginxNames } from '../../servers/nginx/meaning/hosts.ts';
import { hasGap } from '../../syntax/template-gaps.ts';
import { placeIn } from '../../syntax/tree.ts';
import { type At, defineRule } from '../define-rule.ts';
import { type StreamServer, streamAddresses } from '../../servers/nginx/meaning/stream-servers.ts';

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
  check({ config, dialect, report }) {
    const lostNames = dialect === 'nginx' ? lostNginxNames : lostApacheNames;

    function checkListener(listener: Listener): void {
      for (const { host, name, owner } of [...lostNames(listener), ...repeatedRegexes(listener)]) {
        if (
          host === owner.host ||
          isCatchAll(name) ||
          name.inherited ||
          isConditional(host) ||
          isConditional(owner.host)
        )
          continue;
        if (owner.name.text.toLowerCase() !== name.text.toLowerCase()) continue;
        report({
          message: 'duplicate',
          at: placeIn(name.directive, name.word),
          data: { name: name.text },
          related: [
            owner.name.inherited
              ? {
                  at: owner.host.directive!,
                  message: 'the virtual host that answers: it has the name of the main server',
                }
              : { at: placeIn(owner.name.directive, owner.name.word), message: 'the virtual host that answers' },
          ],
        });
      }
    }

    function checkStream(): void {
      for (const { servers } of streamAddresses(config)) {
        const owners = new Map<string, { readonly server: StreamServer; readonly at: At }>();
        for (const server of servers) {
          for (const { word, directive } of server.names) {
            const first = owners.get(word.value.toLowerCase());
            const at = placeIn(directive, word);
            if (!first) owners.set(word.value.toLowerCase(), { server, at });
            else if (first.server !== server)
              report({
                message: 'duplicate',
                at,
                data: { name: word.value },
                related: [{ at: first.at, message: 'the server that answers' }],
              });
          }
        }
      }
    }

    return { listener: checkListener, ...(dialect === 'nginx' && { start: checkStream }) };
  },
});

/** Of regular expressions that are the same the first one matches. */
function repeatedRegexes({ virtualHosts }: Listener): LostName[] {
  const owners = new Map<string, LostName['owner']>();
  const repeated: LostName[] = [];
  for (const host of virtualHosts) {
    for (const name of host.names) {
      if (name.kind !== 'regex') continue;
      const owner = owners.get(name.text);
      if (owner) repeated.push({ host, name, owner });
      else owners.set(name.text, { host, name });
    }
  }
  return repeated;
}

/** Conditions of a template may give the two hosts different listeners, or leave one out. */
function isConditional({ directive }: VirtualHost): boolean {
  return directive !== undefined && ((directive.block && hasGap(directive.block)) || hasGap(directive.parent));
}

/** Names that stand for "any other": their requests go to the default host anyway. */
function isCatchAll({ text }: ServerName): boolean {
  return text === '' || text === '_';
}
