import { unknown, type Listener, type VirtualHost } from '../../model/model.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A server for all other names that is not the default one of its address',
    why: 'Names that no server has go to the "default_server" of the address, or to the first one. "_" is no sign for them, but a name that no request has; the same holds for the empty name that an earlier server of the address has.',
    how: 'Write "default_server" behind the address of the server that is to answer for all other names.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/request_processing.html',
      'https://nginx.org/en/docs/http/server_names.html#miscellaneous_names',
    ],
  },
  messages: {
    unreached: 'No request gets to this server: its name "{{name}}" fits none, and another server is the default one.',
    empty: 'No request gets to this server: an earlier one of the address has no name either, and answers.',
  },
  check: ({ report }) => ({
    virtualHost(host) {
      const message = faultOf(host);
      const at = host.names[0]?.directive ?? host.directive;
      if (!message || !at) return;
      const winner = host.listeners[0]!.defaultHost.directive;
      const related = winner ? [{ at: winner, message: 'answers for all other names' }] : [];
      if (message === 'empty') report({ message, at, related });
      else report({ message, at, data: { name: host.names[0]!.text }, related });
    },
  }),
});

function faultOf(host: VirtualHost): 'unreached' | 'empty' | undefined {
  const { names, listeners, scope, directive } = host;
  if (!directive || scope.open || listeners.length === 0) return undefined;
  if (
    listeners.some(
      ({ port, address, defaultHost }) => (port === unknown && !address.startsWith('unix:')) || defaultHost === host,
    )
  )
    return undefined;
  if (names.length > 0 && names.every(isUnderscore)) return 'unreached';
  return isNameless(host) && listeners.every((listener) => hasEarlierNameless(listener, host)) ? 'empty' : undefined;
}

function isUnderscore({ kind, text }: VirtualHost['names'][number]): boolean {
  return kind === 'exact' && /^_+$/.test(text);
}

/** Without server_name the name is the empty one, which requests without Host have. */
function isNameless({ names }: VirtualHost): boolean {
  return names.every(({ kind, text }) => kind !== 'unknown' && text === '');
}

function hasEarlierNameless({ virtualHosts }: Listener, host: VirtualHost): boolean {
  const first = virtualHosts.find((each) => each === host || (isNameless(each) && !each.scope.open));
  return first !== host;
}
