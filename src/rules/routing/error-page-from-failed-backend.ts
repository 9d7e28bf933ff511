import type { Handler, Route, Target, VirtualHost } from '../../model/model.ts';
import { locationOfTarget } from '../../servers/nginx/meaning/locations.ts';
import { toBytes } from '../../text/bytes.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { ask } from '../../requests/ask.ts';
import { requestTo } from '../../requests/request-to.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  same: 'The page "{{page}}" is asked from "{{backend}}", the very backend that failed: clients see the built-in page instead.',
} as const;

export default defineRule({
  meta: {
    summary: 'The page for a backend that is down comes from that backend',
    why: 'With 502, 503 and 504 the server itself says that the backend does not answer. A page that is proxied to it, too, cannot be had then.',
    how: {
      nginx: 'Give the page a location with files: "location = /502.html { root /srv/errors; internal; }".',
      apache:
        'Leave the page out of the proxy, before it: "ProxyPass /errors !", and serve it by DocumentRoot or Alias.',
    },
    whenOff: 'Where that part of the backend answers even when the rest is down.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['error_page'], apache: ['errordocument'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page',
      'https://httpd.apache.org/docs/2.4/mod/core.html#errordocument',
    ],
  },
  messages,
  check: {
    nginx({ report }) {
      const told = new Set<Directive>();
      return {
        virtualHost(host) {
          for (const [page, routes] of routesByPage(host)) {
            const target = told.has(page) ? undefined : pageTarget(page, host);
            // A backend of its own for pages has them for the others.
            if (!target || !routes.every(({ handler }) => isSame(handler.target, target))) continue;
            told.add(page);
            const word = page.args.at(-1)!;
            const { directive } = routes[0]!.handler;
            report({
              message: 'same',
              at: placeIn(page, word),
              data: { page: word.value, backend: target.word.value },
              related: [{ at: directive, message: 'the backend' }],
            });
          }
        },
      };
    },
    apache: (context) => ({ virtualHost: (host) => checkApache(context, host) }),
  },
});

/** By which nginx tells that a backend does not answer. */
const failures: ReadonlySet<string> = new Set(['502', '504']);

type Proxied = Route & { readonly handler: Extract<Handler, { kind: 'proxy' }> };

/** The proxied locations by the pages that are sent when their backend fails. */
function routesByPage({ routes }: VirtualHost): Map<Directive, Proxied[]> {
  const byPage = new Map<Directive, Proxied[]>();
  for (const route of routes) {
    if (route.preemptedBy || route.directive.key !== 'location' || !isProxied(route)) continue;
    for (const page of route.scope.effective('error_page')) {
      if (!page.args.slice(0, -1).some(({ value }) => failures.has(value))) continue;
      const known = byPage.get(page);
      if (known) known.push(route);
      else byPage.set(page, [route]);
    }
  }
  return byPage;
}

function isProxied(route: Route): route is Proxied {
  return route.handler.kind === 'proxy';
}

/** Where the page is proxied to; undefined where files answer, or it is not known. */
function pageTarget(page: Directive, host: VirtualHost): Target | undefined {
  const location = locationOfTarget(page.args.at(-1)?.value ?? '', host);
  if (location?.handler.kind !== 'proxy' || location.scope.own('try_files').length > 0) return undefined;
  return location.handler.target;
}

function isSame(one: Target, other: Target): boolean {
  if (one.word.value.includes('$')) return false;
  if (one.upstream || other.upstream) return one.upstream === other.upstream;
  return typeof one.host === 'string' && one.host === other.host && one.port === other.port;
}

function checkApache({ config, model, targets, report }: RuleContext<typeof messages>, host: VirtualHost): void {
  const backendOf = (path: string): string | undefined => {
    const request = requestTo(host, host.listeners[0], toBytes(path));
    const outcome = request && ask({ config, model, targets }, request).outcome;
    return outcome?.kind === 'proxy' ? outcome.backend : undefined;
  };
  for (const page of host.scope.effective('errordocument')) {
    const [code, word] = page.args;
    if (!/^50[234]$/.test(code?.value ?? '') || !/^\/[\w./~-]*$/.test(word?.value ?? '')) continue;
    const backend = backendOf(word!.value);
    if (backend === undefined || backend !== backendOf('/')) continue;
    report({ message: 'same', at: placeIn(page, word!), data: { page: word!.value, backend } });
  }
}
