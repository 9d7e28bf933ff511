import { unknown, type Listener, type VirtualHost } from '../../ir/model.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Several servers share an address and none is its explicit default',
    why: 'Requests for any other host name go to whichever server comes first, which changes with the order of the included files.',
    how: 'Mark the server that is to answer for unknown names with "default_server", best one that only refuses: "return 444;" and "ssl_reject_handshake on;".',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://nginx.org/en/docs/http/request_processing.html',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
    ],
  },
  messages: {
    missing:
      'Of the {{count}} servers on "{{address}}" none is the "default_server", so this first one answers for unknown host names.',
  },
  check: ({ config, report }) => ({
    listener(listener) {
      const { virtualHosts, explicitDefault, defaultHost, directives } = listener;
      const [first] = directives;
      if (!config.complete || explicitDefault || !first || virtualHosts.length < 2 || isForOthers(defaultHost)) return;
      const data = { count: virtualHosts.length, address: addressOf(listener) };
      report({ message: 'missing', at: first, data, witness: `curl -i -H 'Host: unknown.example' 'http://host/'` });
    },
  }),
});

function addressOf({ address, port }: Listener): string {
  return port === unknown || address.startsWith('unix:') ? address : `${address}:${port}`;
}

/** A server that says by its name, or by refusing everything, that it is there for other names. */
function isForOthers({ names, routes, scope }: VirtualHost): boolean {
  if (names.every(({ text }) => text === '' || text === '_')) return true;
  if (scope.own('ssl_reject_handshake')[0]?.args[0]?.value.toLowerCase() === 'on') return true;
  const answer = routes.find(({ match }) => match.kind === 'all')?.handler;
  return answer?.kind === 'return';
}
