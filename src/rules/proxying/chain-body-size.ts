import type { Scope } from '../../model/model.ts';
import type { TraceRequest } from '../../model/trace.ts';
import * as apache from '../../servers/apache/meaning/settings.ts';
import * as nginx from '../../servers/nginx/meaning/settings.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import type { Hop } from '../../topology/follow.ts';
import type { Link } from '../../topology/topology.ts';
import { confidenceIn, followOver, nameOf, pairsOf, requestsOver, routeOf, type Pair } from '../_shared/chains.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Of two servers that stand behind each other, one refuses bodies that the other lets through',
    why: 'The smallest limit on the way holds: an upload that one server was made to accept is answered with 413 by the other.',
    how: 'Set the same limit in both: "client_max_body_size" (nginx, 1m by default); "LimitRequestBody" of Apache never limits what it hands on.',
    whenOff: 'Where one of the two is meant to be the stricter one.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
      'https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody',
    ],
  },
  messages: {
    behind: 'Bodies of {{allowed}} are let through here, and {{back}} behind it refuses them.',
    front: 'Bodies of more than {{size}} are refused here, although {{back}} behind it was made to take {{allowed}}.',
  },
  check({ config, topology, report }) {
    const told = new Set<Directive>();

    /** A server of the same config behind it is for body-size-mismatch. */
    function checkLink(link: Link): void {
      if (link.kind !== 'route' || link.from.config !== config || link.to.member === link.from) return;
      const limit = limitOf(link.from.config.dialect, link.route.scope);
      const word = limit?.directive?.args[0];
      if (!limit?.directive || !word || limit.bytes === 0 || told.has(limit.directive)) return;
      for (const request of requestsOver(link)) {
        const front = followOver(topology, link, uploadOf(request, limit.bytes));
        const back = front?.next;
        const outcome = back?.trace.outcome;
        if (!front || !back || outcome?.kind !== 'response' || outcome.status !== 413) continue;
        told.add(limit.directive);
        report({
          message: 'behind',
          at: placeIn(limit.directive, word),
          confidence: confidenceIn(topology, { front, back }),
          data: { allowed: limit.text, back: nameOf(back, front) },
          related: [{ at: link.place, message: 'hands them on' }],
        });
        return;
      }
    }

    function checkPair(pair: Pair): void {
      const { front, back } = pair;
      const [route, behind] = [routeOf(front), routeOf(back)];
      if (front.member.config !== config || !route || !behind || back.trace.outcome.kind !== 'proxy') return;
      const own = limitOfProxied(front, route.scope);
      const other = limitOfProxied(back, behind.scope);
      const word = other?.directive?.args[0];
      if (!own || own.bytes === 0 || !other?.directive || !word) return;
      if (other.bytes !== 0 && other.bytes <= own.bytes) return;
      const at = own.directive ?? (route.handler.kind === 'proxy' ? route.handler.directive : route.directive);
      if (told.has(at)) return;
      told.add(at);
      report({
        message: 'front',
        at,
        confidence: confidenceIn(topology, pair) === 'high' && own.directive ? 'high' : 'medium',
        data: {
          size: own.text,
          back: nameOf(back, front),
          allowed: other.bytes === 0 ? 'any size' : `up to ${word.value}`,
        },
        related: [{ at: other.directive, message: 'takes more' }],
      });
    }

    return {
      end() {
        if (topology.links.length === 0) return;
        for (const link of topology.links) checkLink(link);
        for (const pair of pairsOf(topology)) checkPair(pair);
      },
    };
  },
});

interface Limit {
  /** 0: none. */
  readonly bytes: number;
  readonly text: string;
  /** Undefined: the default holds. */
  readonly directive: Directive | undefined;
}

/** Undefined: not known. */
function limitOf(dialect: Hop['member']['config']['dialect'], scope: Scope): Limit | undefined {
  if (dialect === 'nginx') {
    if (scope.certainty('client_max_body_size') !== 'known') return undefined;
    const directive = scope.effective('client_max_body_size').at(-1);
    const bytes = directive ? nginx.bytesOf(directive) : 1024 ** 2;
    return bytes === undefined ? undefined : { bytes, text: directive?.args[0]?.value ?? '1m', directive };
  }
  const directive = scope.effective('limitrequestbody').at(-1);
  const bytes = directive && apache.numberOf(directive);
  return bytes === undefined ? undefined : { bytes, text: `${bytes} bytes`, directive };
}

/** LimitRequestBody holds for what httpd answers itself, never for what it hands on. */
function limitOfProxied({ member }: Hop, scope: Scope): Limit | undefined {
  return member.config.dialect === 'apache' ? undefined : limitOf(member.config.dialect, scope);
}

function uploadOf(request: TraceRequest, bytes: number): TraceRequest {
  return {
    ...request,
    method: 'POST',
    bodySize: bytes,
    headers: [...request.headers, ['Content-Length', String(bytes)]],
  };
}
