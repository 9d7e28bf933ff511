import type { Directive } from '../../syntax/tree.ts';
import type { Hop } from '../../topology/follow.ts';
import { confidenceIn, nameOf, pairsOf, routeOf, type Pair } from '../_shared/chains.ts';
import { waitIn, type Wait } from '../_shared/read-timeouts.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The server in front gives up before the one behind it does',
    why: 'The longer time was set for requests that take that long, and they are answered with 504 by the server in front: the setting behind it has no effect.',
    how: 'Let the server in front wait at least as long: "proxy_read_timeout" (nginx), "ProxyTimeout" or "timeout=" of ProxyPass (Apache).',
    whenOff: 'Where nobody waits for the answer any more after the shorter time.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxytimeout',
    ],
  },
  messages: {
    shorter: 'Requests are given up after {{own}} seconds here, while {{back}} behind it waits {{longer}} seconds.',
  },
  check({ config, topology, report }) {
    const told = new Set<Directive>();

    function checkPair(pair: Pair): void {
      const { front, back } = pair;
      if (front.member.config !== config || back.trace.outcome.kind !== 'proxy') return;
      const [own, behind] = [waitOf(front), waitOf(back)];
      if (!own || !behind?.directive || own.seconds >= behind.seconds) return;
      const at = own.directive ?? own.pass;
      if (told.has(at)) return;
      told.add(at);
      report({
        message: 'shorter',
        at,
        confidence: confidenceIn(topology, pair) === 'high' ? 'medium' : 'low',
        data: { own: own.seconds, longer: behind.seconds, back: nameOf(back, front) },
        related: [{ at: behind.directive, message: 'waits longer' }],
      });
    }

    return {
      end() {
        if (topology.links.length > 0) for (const pair of pairsOf(topology)) checkPair(pair);
      },
    };
  },
});

/** How long the server waits for the next bytes of the backend; undefined: not known. */
function waitOf(hop: Hop): Wait | undefined {
  const route = routeOf(hop);
  if (route?.handler.kind !== 'proxy') return undefined;
  const pass = route.handler.directive;
  if (hop.member.config.dialect === 'nginx' && route.scope.certainty('proxy_read_timeout') !== 'known')
    return undefined;
  return waitIn(hop.member.config.dialect, route.scope, pass);
}
