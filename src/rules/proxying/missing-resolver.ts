import type { Model, Route } from '../../model/model.ts';
import { givenValues } from '../../servers/nginx/meaning/given-values.ts';
import { definitionsOf, type Definitions } from '../../servers/nginx/meaning/definitions.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { isPublicResolver } from '../_shared/public-resolvers.ts';
import { nginxPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { readUrl } from '../../model/url.ts';

export default defineRule({
  meta: {
    summary: 'A proxy target with variables and no resolver for its host name',
    why: 'With a variable anywhere in the target nginx looks the host up at each request, and only through "resolver": without one it answers 502 (no resolver defined).',
    how: 'Add "resolver" with the address of a DNS server (in a container network its own one, such as 127.0.0.11), or name an "upstream" block as the host.',
    whenOff: 'Where the resolver is set in a file that proxylint does not see.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxPass(/\$/)] },
    options: {
      fragments: {
        type: 'boolean',
        default: false,
        description: 'Report also in a fragment, whose surroundings may well set the resolver or define the upstream.',
      },
    },
    pedanticOptions: { fragments: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
    ],
  },
  messages: {
    strange:
      'The host "{{host}}" is a name of the local network, which "{{resolver}}" does not know: nginx answers 502.',
    missing: 'The host "{{host}}" must be looked up at run time, but no "resolver" is in scope: nginx answers 502.',
  },
  check({ config, model, options, report }) {
    let definitions: Definitions | undefined;
    let known: ReadonlySet<string> | undefined;

    /** A name without a dot is known to nobody outside, and nginx adds no domain to it. */
    function checkStrange({ handler, scope, preemptedBy }: Route): void {
      if (handler.kind !== 'proxy' || !handler.target.word.value.includes('$') || preemptedBy) return;
      const resolver = scope.effective('resolver').at(-1);
      const servers = resolver?.args.filter(({ value }) => !value.includes('=')) ?? [];
      if (!resolver || servers.length === 0 || !servers.every(({ value }) => isPublicResolver(value))) return;
      const { word } = handler.target;
      known ??= hostsKnownAtStart(model);
      for (const { name, from } of namedHosts(word.value, handler.directive)) {
        if (name.includes('.') || known.has(name.toLowerCase()) || isAddress(name) || name === 'localhost') continue;
        // With a port it is the name of no upstream that stands elsewhere.
        if (!config.serversComplete && !readUrl(word.value).port) continue;
        const related = [{ at: from ?? resolver, message: from ? 'the host is set here' : 'the resolver' }];
        const data = { host: name, resolver: servers[0]!.value };
        report({ message: 'strange', at: placeIn(handler.directive, word), data, related });
        return;
      }
    }

    function check(route: Route): void {
      const { handler, scope } = route;
      if (handler.kind !== 'proxy' || !handler.target.word.value.includes('$') || route.preemptedBy) return;
      if (scope.effective('resolver').length > 0 || scope.certainty('resolver') === 'unread') return;
      const { word } = handler.target;
      known ??= hostsKnownAtStart(model);
      for (const { name, from } of namedHosts(word.value, handler.directive)) {
        if (known.has(name.toLowerCase()) || isAddress(name)) continue;
        const related = from ? [{ at: from, message: 'the host is set here' }] : [];
        const common = {
          message: 'missing',
          at: placeIn(handler.directive, word),
          data: { host: name },
          related,
        } as const;
        // Elsewhere a single word is the name of an upstream.
        if (config.serversComplete) report(common);
        else if (name.includes('.')) report({ ...common, severity: 'warning', confidence: 'low' });
        return;
      }
    }

    /** The hosts that the target surely has: written out, or each value that `set` or `map` gives a variable in its place. */
    function namedHosts(target: string, at: Directive): { name: string; from: Directive | undefined }[] {
      const written = hostIn(target);
      if (written !== undefined) return [{ name: written, from: undefined }];
      const { authority } = readUrl(target);
      const variable = /^\$(?:\{(\w+)\}|(\w+))(?=[:$]|$)/.exec(authority.text);
      if (!variable) return [];
      definitions ??= definitionsOf(config);
      const all = definitions.of((variable[1] ?? variable[2])!, at);
      if (all.some(({ key }) => key !== 'set' && key !== 'map')) return [];
      return all.flatMap((from) =>
        (givenValues(from)?.values ?? []).flatMap(({ text }) => {
          const name = hostIn(target.slice(0, authority.start) + text);
          return name === undefined ? [] : { name, from };
        }),
      );
    }

    return {
      end() {
        const isChecked = config.serversComplete || options.fragments;
        for (const { routes } of model.virtualHosts) {
          for (const route of routes) {
            checkStrange(route);
            if (isChecked) check(route);
          }
        }
      },
    };
  },
});

/** The host written in a target; undefined where a variable or nothing stands in its place. */
function hostIn(target: string): string | undefined {
  const { host, socket } = readUrl(target);
  return socket || host.text === '' || !host.isFixed ? undefined : host.text;
}

function isAddress(host: string): boolean {
  return /^\d+(?:\.\d+){3}$|^\[/.test(host);
}

/** nginx looks among its upstreams first: those named by a block, and each host of a target without variables. */
function hostsKnownAtStart({ upstreams, virtualHosts }: Model): Set<string> {
  const known = new Set(upstreams.map(({ name }) => name.toLowerCase()));
  for (const { routes } of virtualHosts) {
    for (const { handler } of routes) {
      if (handler.kind !== 'proxy' || handler.target.word.value.includes('$')) continue;
      const { host } = handler.target;
      if (typeof host === 'string') known.add(host.toLowerCase());
    }
  }
  return known;
}
