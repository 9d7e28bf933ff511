import { unknown, type Route, type VirtualHost } from '../../model/model.ts';
import { listenAddress } from '../_shared/listen-address.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

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
    options: {
      refuse: {
        type: 'boolean',
        default: false,
        description: 'Whether requests for unknown names have to be refused, not only answered by a server of choice.',
      },
    },
    references: [
      'https://nginx.org/en/docs/http/request_processing.html',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
    ],
  },
  messages: {
    missing:
      'Of the {{count}} servers on "{{address}}" none is the "default_server", so this first one answers for unknown host names.',
    answers:
      'On "{{address}}" this server answers requests for unknown host names; refuse them in a server of its own.',
  },
  check: ({ config, options, report }) => ({
    listener(listener) {
      const { virtualHosts, explicitDefault, defaultHost, directives } = listener;
      const [first] = directives;
      if (!config.serversComplete || !first) return;
      const witness = `curl -i -H 'Host: unknown.example' 'http://host/'`;
      const address = listenAddress(listener);
      if (!explicitDefault && virtualHosts.length > 1 && !isForOthers(defaultHost)) {
        report({ message: 'missing', at: first, data: { count: virtualHosts.length, address }, witness });
      } else if (options.refuse && defaultHost.directive && !isRefusal(defaultHost)) {
        report({ message: 'answers', at: defaultHost.directive, data: { address }, witness });
      }
    },
  }),
});

/** A server that says by its name, or by refusing everything, that it is there for other names. */
function isForOthers(host: VirtualHost): boolean {
  if (host.names.every(({ text }) => text === '' || text === '_') || isRefusal(host)) return true;
  return answerOf(host)?.kind === 'return';
}

/** Nothing for anybody: the handshake fails, or the request ends with an error. */
function isRefusal(host: VirtualHost): boolean {
  if (isOn(host.scope.own('ssl_reject_handshake')[0])) return true;
  const answer = answerOf(host) ?? host.routes.find(({ match }) => match.pattern === '/')?.handler;
  if (answer?.kind === 'return') return answer.status === unknown || answer.status >= 400;
  return answer?.kind === 'deny';
}

/** What every request to the server gets, if it is one thing. */
function answerOf({ routes }: VirtualHost): Route['handler'] | undefined {
  return routes.find(({ match }) => match.kind === 'all')?.handler;
}
