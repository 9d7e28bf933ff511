import { placeIn } from '../../syntax/tree.ts';
import { backendName, proxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Server side includes for all types, where WebSockets pass',
    why: 'SSI keeps the head of an answer back until the first part of the body went through it. An answer 101 has no body: its head never comes, and the client waits for it in vain.',
    how: 'Name the types in ssi_types instead of "*", or write "ssi off;" in the location of the WebSockets.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['ssi_types'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_ssi_module.html#ssi_types'],
  },
  messages: { held: 'No WebSocket to "{{backend}}" opens: with "ssi_types *" the answer 101 is kept back.' },
  check: ({ report }) => ({
    route(route) {
      const proxied = proxyRoute(route);
      if (!proxied || proxied.backend.websocket.state !== 'full') return;
      const ssi = route.scope.effective('ssi').at(-1);
      const types = route.scope.effective('ssi_types').at(-1);
      const all = types?.args.find(({ value }) => value === '*');
      if (!types || !all || !ssi || !isOn(ssi)) return;
      report({
        message: 'held',
        at: proxied.handler.directive,
        data: { backend: backendName(proxied.handler.target) },
        related: [
          { at: ssi, message: 'switched on here' },
          { at: placeIn(types, all), message: 'for all types' },
        ],
      });
    },
  }),
});
