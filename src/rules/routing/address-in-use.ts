import { defineRule } from '../define-rule.ts';
import { apacheSockets, collisions, nginxSockets, relatedTo, written } from './_sockets.ts';

const messages = {
  taken: '"{{address}}" is taken by "{{other}}" in "{{block}}": nginx does not start, though "nginx -t" is content.',
  overlap:
    '"Listen {{address}}" overlaps with "Listen {{other}}": httpd does not start, though its test of the config is content.',
} as const;

export default defineRule({
  meta: {
    summary: 'One address is listened on twice, which passes the test of the config, but the server does not start',
    why: 'The system lets a socket be opened once: "bind() failed (98: Address already in use)", "could not bind to address". The test of the config passes over it, so the mistake shows at the next start or reload. nginx: "http", "stream" and "mail" each open their own sockets; with "reuseport" on both, connections are dealt out by chance.',
    how: {
      nginx:
        'Give one of them another port or address, or let "stream" take the connections and hand those of HTTP on to an own port of "http".',
      apache: 'Keep the Listen for all addresses, or one for each address.',
    },
    whenOff: 'Where the two never run in one process: a file that is put together from parts.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [['stream', 'mail'], ['listen']], apache: ['listen'] },
    references: [
      'https://nginx.org/en/docs/stream/ngx_stream_core_module.html#listen',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
      'https://httpd.apache.org/docs/2.4/bind.html',
    ],
  },
  messages,
  check: {
    nginx: ({ config, report }) => ({
      end() {
        for (const { socket, other } of collisions(nginxSockets(config))) {
          const data = { address: written(socket), other: written(other), block: other.block ?? '' };
          report({ message: 'taken', at: socket.directive, data, related: relatedTo(other) });
        }
      },
    }),
    apache: ({ config, report }) => ({
      end() {
        for (const { socket, other } of collisions(apacheSockets(config))) {
          const data = { address: written(socket), other: written(other) };
          report({ message: 'overlap', at: socket.directive, data, related: relatedTo(other) });
        }
      },
    }),
  },
});
