import type { VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { rejectsHandshakes } from './_listeners.ts';
import { settingsOf } from '../../servers/settings.ts';

export default defineRule({
  meta: {
    summary: 'TLS session tickets whose key is kept until the next restart',
    why: 'Whoever gets the ticket key can read all recorded connections of the time in which it was used: up to TLS 1.2, tickets undo forward secrecy.',
    how: 'Switch tickets off (nginx: "ssl_session_tickets off", Apache: "SSLSessionTickets off"), or see to it that keys change: nginx 1.23.2 does so with "ssl_session_cache shared:...".',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://www.rfc-editor.org/rfc/rfc9325#section-3.4',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_session_tickets',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessiontickets',
    ],
  },
  messages: {
    on: '"{{directive}} on" keeps one ticket key until the next restart.',
    default: 'Session tickets are on by default, with one key until the next restart; set "{{directive}} off".',
  },
  check({ dialect, targets, report }) {
    const { isOn } = settingsOf(dialect);
    const keys =
      dialect === 'nginx'
        ? { tickets: 'ssl_session_tickets', key: 'ssl_session_ticket_key', name: 'ssl_session_tickets' }
        : { tickets: 'sslsessiontickets', key: 'sslsessionticketkeyfile', name: 'SSLSessionTickets' };
    const seen = new Set<Directive>();
    let isDefaultReported = false;

    /** nginx changes the keys in a shared cache by itself; who gives a key changes it in a way of their own. */
    function isRotated({ scope }: VirtualHost): boolean {
      if (scope.effective(keys.key).length > 0) return true;
      if (targets.nginx && isBefore(targets.nginx, '1.23.2')) return false;
      const cache = scope.effective('ssl_session_cache').at(-1);
      return cache?.args.some(({ value }) => value.startsWith('shared:')) ?? false;
    }

    return {
      virtualHost(host) {
        const { scope, tls, directive } = host;
        if (tls.enabled !== true || isRotated(host) || rejectsHandshakes(scope)) return;
        const tickets = scope.effective(keys.tickets).at(-1);
        if (tickets) {
          if (!isOn(tickets) || seen.has(tickets)) return;
          seen.add(tickets);
          report({ message: 'on', at: tickets, data: { directive: tickets.name.value } });
          return;
        }
        if (isDefaultReported || !directive || scope.certainty(keys.tickets) !== 'known') return;
        isDefaultReported = true;
        report({ message: 'default', at: directive, data: { directive: keys.name } });
      },
    };
  },
});
