import { unknown, type Route } from '../../model/model.ts';
import { withoutPort } from '../../model/url.ts';
import { isIpv4 } from '../../servers/nginx/meaning/address.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';

/** The addresses at which container networks keep a name server of their own, and the names of that of Kubernetes. */
const containerResolvers = /^(?:127\.0\.0\.11|169\.254\.20\.10|10\.96\.0\.10|(?:kube-dns|coredns)\b.*)(?::\d+)?$/;

export default defineRule({
  meta: {
    summary: 'A resolver of containers that is not asked for the host of a proxy_pass, because the name is no variable',
    why: 'nginx looks a host name that is written out up once, when it starts, and by the resolver of the system. A container that starts again with another address gets no requests any more, whatever "resolver" says, and one that is not there yet keeps nginx from starting.',
    how: 'Put the name into a variable ("set $backend name:port; proxy_pass http://$backend;"), or since 1.27.3 into an upstream with "zone" and "server name:port resolve;".',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ resolver: containerResolvers }] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve',
    ],
  },
  messages: {
    notAsked:
      'The "resolver" is not asked for {{hosts}}: a name without a variable is looked up once, when nginx starts.',
  },
  check({ report }) {
    return {
      virtualHost(host) {
        const byResolver = new Map<Directive, Fixed[]>();
        for (const route of host.routes) {
          const resolver = route.preemptedBy ? undefined : containerResolver(route);
          if (!resolver) continue;
          const fixed = fixedHosts(route);
          const list = byResolver.get(resolver);
          if (list) list.push(...fixed);
          else byResolver.set(resolver, fixed);
        }
        for (const [resolver, fixed] of byResolver) {
          const [first, ...others] = distinct(fixed);
          if (!first) continue;
          report({
            message: 'notAsked',
            at: placeIn(first.directive, first.word),
            data: { hosts: listOf([...new Set([first, ...others].map(({ host: name }) => `"${name}"`))]) },
            related: [
              { at: resolver, message: 'the resolver' },
              ...others.map(({ directive }) => ({ at: directive, message: 'the same holds here' })),
            ],
          });
        }
      },
    };
  },
});

/** A host name in a target or a group, as it is written. */
interface Fixed {
  readonly host: string;
  readonly directive: Directive;
  readonly word: Word;
}

/** The resolver in force where it answers for containers, whose addresses change. */
function containerResolver({ scope }: Route): Directive | undefined {
  const resolver = scope.effective('resolver').at(-1);
  return resolver?.args.some(({ value }) => containerResolvers.test(value)) ? resolver : undefined;
}

function fixedHosts({ handler, match }: Route): Fixed[] {
  if (handler.kind !== 'proxy' || match.kind === 'condition') return [];
  const { target, directive } = handler;
  if (target.upstream)
    return target.upstream.servers.flatMap((server) => fixedServer(server.directive, server.address));
  const { word, host } = target;
  if (word.value.includes('$') || host === unknown || !isName(host)) return [];
  return [{ host, directive, word }];
}

function fixedServer(directive: Directive, word: Word): Fixed[] {
  const host = withoutPort(word.value);
  const isAsked = directive.args.some(({ value }) => value === 'resolve');
  return isAsked || word.value.includes('$') || !isName(host) ? [] : [{ host, directive, word }];
}

function isName(host: string): boolean {
  return /^[\w.-]+$/.test(host) && !isIpv4(host) && host !== 'localhost' && !host.startsWith('host.docker.');
}

function distinct(fixed: readonly Fixed[]): Fixed[] {
  return [...new Map(fixed.map((each) => [each.directive, each])).values()];
}
