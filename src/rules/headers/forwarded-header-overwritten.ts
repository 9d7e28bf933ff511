import { tracedHeader } from '../../model/headers.ts';
import { unknown } from '../../model/model.ts';
import { confidenceIn, nameOf, pairsOf, routeOf, type Pair } from '../_shared/chains.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: "A proxy behind another one overwrites what that one says of the client's request",
    why: 'The server in front knows the scheme, the host and the port that the client asked for; the one behind it knows those of its own connection, and tells the backend these: links and redirects lead to where no client gets.',
    how: 'Pass on what came. nginx: leave the proxy_set_header away, or "map $http_x_forwarded_proto $proto { default $scheme; https https; }" and "proxy_set_header X-Forwarded-Proto $proto;". Apache: "RequestHeader setifempty".',
    whenOff: 'Where nothing in front of this server is to be believed.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-Proto',
      'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    ],
  },
  messages: {
    overwritten: '"{{header}}" becomes "{{value}}" here and overwrites "{{sent}}", which {{front}} in front says.',
  },
  check({ config, topology, report }) {
    const told = new Set<string>();

    function checkPair(pair: Pair): void {
      const { front, back } = pair;
      const [sent, received] = [front.trace.outcome, back.trace.outcome];
      if (back.member.config !== config || sent.kind !== 'proxy' || received.kind !== 'proxy') return;
      for (const name of aboutRequest) {
        if (name === 'x-forwarded-proto' && isToldElsewhere(pair)) continue;
        const [before, now] = [tracedHeader(sent.headers, name), tracedHeader(received.headers, name)];
        if (before?.value === undefined || now?.value === undefined || typeof now.origin === 'string') continue;
        const { origin, value } = now;
        const key = `${origin.file.path}:${origin.start}`;
        if (told.has(key) || !differs(before.value, value)) continue;
        told.add(key);
        report({
          message: 'overwritten',
          at: origin,
          confidence: confidenceIn(topology, pair),
          data: { header: now.name, value, sent: before.value, front: nameOf(front, back) },
          related: typeof before.origin === 'string' ? [] : [{ at: before.origin, message: 'said here' }],
        });
      }
    }

    return {
      end() {
        if (topology.links.length > 0) for (const pair of pairsOf(topology)) checkPair(pair);
      },
    };
  },
});

/** Of two servers of one config, one of which names the address of the other, overwritten-forwarded-proto speaks. */
function isToldElsewhere({ front, back }: Pair): boolean {
  const [outer, inner] = [routeOf(front), routeOf(back)];
  if (front.member !== back.member || outer?.handler.kind !== 'proxy' || !inner) return false;
  const { upstream, host } = outer.handler.target;
  const isAlone = inner.virtualHost.listeners.some(({ virtualHosts }) => virtualHosts.length === 1);
  return !upstream && host !== unknown && !host.startsWith('unix:') && isAlone;
}

/** Headers that say how the client asked. */
const aboutRequest = [
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-ssl',
  'x-forwarded-scheme',
  'x-scheme',
];

/** A port beside the name, or a list that still begins with it, is no other value. */
function differs(sent: string, now: string): boolean {
  const before = sent.toLowerCase();
  const after = now.toLowerCase();
  const isLonger = after.startsWith(`${before}:`) || after.startsWith(`${before},`) || before.startsWith(`${after}:`);
  return after !== before && !isLonger;
}
