import { unknown } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { hostSockets, readSocket, SocketIndex, type SocketWord } from '../../servers/apache/meaning/listens.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Apache listens on a port for which no virtual host exists',
    why: 'Requests to this port are answered by the main server, with its DocumentRoot and without the settings of any virtual host; on port 443 without TLS.',
    how: 'Add a <VirtualHost> for the port, or remove the Listen.',
    whenOff: 'Where the main server is meant to answer on this port.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/vhosts/details.html'],
  },
  messages: {
    noHost: 'No virtual host answers on "{{address}}"; the main server does.',
  },
  check({ config, model, report }) {
    const listens: SocketWord[] = [];
    return {
      directives: {
        listen(directive) {
          if (directive.args[0]) listens.push(readSocket(directive, directive.args[0]));
        },
      },
      end() {
        if (!config.serversComplete) return;
        const hosts = hostSockets(model);
        const [first] = hosts;
        if (!first || hosts.some(({ word }) => /[${]/.test(word.value))) return;
        const index = new SocketIndex(hosts);
        for (const listen of listens) {
          // A Listen that depends on a module or definition stands for hosts that depend on it too.
          if (
            listen.port === unknown ||
            listen.directive.parent.kind !== 'file' ||
            !holdsWith(listen.directive, first.directive)
          )
            continue;
          if (index.mayMeet(listen)) continue;
          report({
            message: 'noHost',
            at: placeIn(listen.directive, listen.word),
            data: { address: listen.word.value },
          });
        }
      },
    };
  },
});
