import { unknown } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { hostSockets, readSocket, SocketIndex, type SocketWord } from '../../servers/apache/meaning/listens.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A virtual host for an address or port on which Apache does not listen',
    why: '<VirtualHost> does not open a port; only Listen does. Nothing ever reaches this virtual host.',
    how: 'Add "Listen" for the port, or give the virtual host a port that is listened on.',
    whenOff: 'Where the `Listen` stands in a file that proxylint does not see, such as `ports.conf`.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/bind.html',
      'https://httpd.apache.org/docs/2.4/vhosts/details.html',
    ],
  },
  messages: {
    noListen: 'Nothing listens on "{{address}}": no Listen directive opens it.',
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
        if (!config.serversComplete || listens.length === 0 || listens.some(({ port }) => port === unknown)) return;
        const index = new SocketIndex(listens);
        for (const socket of hostSockets(model)) {
          if (socket.port === unknown || index.mayMeet(socket)) continue;
          report({
            message: 'noListen',
            at: placeIn(socket.directive, socket.word),
            data: { address: socket.word.value },
          });
        }
      },
    };
  },
});
