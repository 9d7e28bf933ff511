import type { Scope, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isBefore, type Targets } from '../../model/versions.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';
import { rejectsHandshakes } from './_listeners.ts';
import { settingsOf } from '../../servers/settings.ts';

const messages = {
  on: '"{{directive}} on" keeps one ticket key until the next restart.',
  default: 'Session tickets are on by default, with one key until the next restart; set "{{directive}} off".',
} as const;

export default defineRule({
  meta: {
    summary: 'TLS session tickets whose key is kept until the next restart',
    why: 'Whoever gets the ticket key can read all recorded connections of the time in which it was used: up to TLS 1.2, tickets undo forward secrecy.',
    how: {
      nginx:
        'Switch tickets off ("ssl_session_tickets off"), or see to it that keys change: nginx 1.23.2 does so with "ssl_session_cache shared:...".',
      apache: 'Switch tickets off ("SSLSessionTickets off"), or see to it that keys change.',
    },
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: nginxTls, apache: apacheTls },
    references: [
      'https://www.rfc-editor.org/rfc/rfc9325#section-3.4',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_session_tickets',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslsessiontickets',
    ],
  },
  messages,
  check: {
    nginx: (context) =>
      hooksFor(context, {
        tickets: 'ssl_session_tickets',
        key: 'ssl_session_ticket_key',
        name: 'ssl_session_tickets',
        rotates: ({ scope }) => rotatesByItself(scope, context.targets),
      }),
    apache: (context) =>
      hooksFor(context, {
        tickets: 'sslsessiontickets',
        key: 'sslsessionticketkeyfile',
        name: 'SSLSessionTickets',
        rotates: () => false,
      }),
  },
});

interface Server {
  readonly tickets: string;
  readonly key: string;
  readonly name: string;
  readonly rotates: (host: VirtualHost) => boolean;
}

function hooksFor({ dialect, report }: RuleContext<typeof messages>, server: Server): Visitor {
  const { isOn } = settingsOf(dialect);
  const seen = new Set<Directive>();
  let isDefaultReported = false;
  return {
    virtualHost(host) {
      const { scope, tls, directive } = host;
      if (tls.enabled !== true || isRotated(host, server) || rejectsHandshakes(scope)) return;
      const tickets = scope.effective(server.tickets).at(-1);
      if (tickets) {
        if (!isOn(tickets) || seen.has(tickets)) return;
        seen.add(tickets);
        report({ message: 'on', at: tickets, data: { directive: tickets.name.value } });
        return;
      }
      if (isDefaultReported || !directive || scope.certainty(server.tickets) !== 'known') return;
      isDefaultReported = true;
      report({ message: 'default', at: directive, data: { directive: server.name } });
    },
  };
}

/** Who gives a key changes it in a way of their own. */
function isRotated(host: VirtualHost, { key, rotates }: Server): boolean {
  return host.scope.effective(key).length > 0 || rotates(host);
}

/** nginx changes the keys in a shared cache by itself. */
function rotatesByItself(scope: Scope, { nginx }: Targets): boolean {
  if (nginx && isBefore(nginx, '1.23.2')) return false;
  const cache = scope.effective('ssl_session_cache').at(-1);
  return cache?.args.some(({ value }) => value.startsWith('shared:')) ?? false;
}
