import { unknown, type Route } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'TLS to the servers of an upstream that have no port, and so to port 80',
    why: 'A server of an upstream without a port has port 80, whatever the scheme of proxy_pass: nginx begins a TLS handshake with a plain HTTP port, and answers 502.',
    how: 'Write the port: "server backend.example:443;".',
    whenOff: 'Where the backends speak TLS on port 80.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['upstream'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  },
  messages: {
    plainPort: 'The TLS of "{{url}}" goes to port 80: {{servers}} in upstream "{{group}}" {{verb}} no port.',
  },
  check({ report }) {
    const told = new Set<Directive>();
    return {
      route({ handler, preemptedBy }: Route) {
        if (handler.kind !== 'proxy' || preemptedBy || told.has(handler.directive)) return;
        const { upstream, scheme, word } = handler.target;
        if (!upstream || scheme === unknown || !/^(?:https|grpcs)$/i.test(scheme)) return;
        const portless = upstream.servers.filter(({ address, directive }) => lacksPort(address.value, directive));
        if (portless.length === 0) return;
        told.add(handler.directive);
        report({
          message: 'plainPort',
          at: placeIn(handler.directive, word),
          data: {
            url: word.value,
            group: upstream.name,
            servers: listOf(portless.map(({ address }) => `"${address.value}"`)),
            verb: portless.length === 1 ? 'has' : 'have',
          },
          related: portless.map(({ directive }) => ({ at: directive, message: 'without a port' })),
        });
      },
    };
  },
});

function lacksPort(address: string, { args }: Directive): boolean {
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(address) || /^unix:/i.test(address)) return false;
  // With SRV records the ports are those of the records.
  return !args.some(({ value }) => value.startsWith('service=') || value === 'down');
}
