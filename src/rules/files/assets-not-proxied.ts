import type { Route, VirtualHost } from '../../model/model.ts';
import { locationOfTarget, locationText } from '../../servers/nginx/meaning/locations.ts';
import { backendKey, isStaticPath, proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { sitesOf } from '../_shared/applications/sites.ts';
import { defineRule } from '../define-rule.ts';
import { isWithoutRoot, leadsElsewhere } from './_without-root.ts';

export default defineRule({
  meta: {
    summary: 'A regular expression for static files takes those of an application behind a proxy',
    why: 'nginx asks regular expressions after it has found the longest prefix, and a match wins: the style sheets, scripts and images of the application are looked for among the files of this server, and answer 404.',
    how: 'Write "location ^~" with the prefix, so that no regular expression is asked below it, or repeat the proxy_pass in an inner location for these files.',
    whenOff: 'Where the files of the application lie in the folder that the regular expression serves.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [[{ location: /^~/ }]] },
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  },
  messages: {
    taken:
      'Requests such as "{{path}}" are answered with files by this regular expression, not by "{{backend}}" of "{{location}}".',
  },
  check(context) {
    const { report } = context;
    const proxies: { readonly proxy: ProxyRoute; readonly host: VirtualHost; readonly isGateway: boolean }[] = [];
    return {
      virtualHost(host) {
        if (!host.routes.some(isForFiles)) return;
        const found = host.routes.flatMap((route) => proxyRoute(route, ['http', 'websocket', 'uwsgi']) ?? []);
        const isGateway = found.length > 1 && hasFrontPage(host) && ofServices(found);
        for (const proxy of found) if (isPrefixWithoutFiles(proxy)) proxies.push({ proxy, host, isGateway });
      },
      async end() {
        const sites = proxies.length > 0 ? await sitesOf(context) : [];
        const known = new Set(
          sites.filter(({ application }) => !filesOnDisk.has(application.id)).flatMap(({ routes }) => routes),
        );
        const told = new Set<Route>();
        const pairs = proxies
          .filter(
            ({ proxy, isGateway }) => known.has(proxy) || (hasOwnFiles(proxy) && (!isGateway || isStaticPath(proxy))),
          )
          .flatMap(({ proxy, host }) => [...takenFrom(proxy, host)].map(([taker, path]) => ({ proxy, taker, path })));
        for (const { proxy, taker, path } of pairs) {
          if (told.has(taker)) continue;
          told.add(taker);
          const { directive, target } = proxy.handler;
          report({
            message: 'taken',
            at: taker.directive,
            data: { path, backend: target.word.value, location: locationText(proxy) },
            related: [{ at: directive, message: 'what is not asked' }],
            witness: `curl -i 'http://host${path}'`,
          });
        }
      },
    };
  },
});

/** Those whose files are often put where nginx reads them. */
const filesOnDisk: ReadonlySet<string> = new Set([
  'aspnet-core',
  'discourse',
  'django',
  'express',
  'flask',
  'galaxy',
  'gitlab',
  'gunicorn',
  'laravel',
  'lemmy',
  'mastodon',
  'matomo',
  'misskey',
  'netbox',
  'nextcloud',
  'openproject',
  'overleaf',
  'paperless-ngx',
  'peertube',
  'play',
  'pleroma',
  'rails',
  'seafile',
  'spring-boot',
  'superset',
  'symfony',
  'synapse',
  'tomcat',
  'uvicorn',
  'wordpress',
  'zammad',
]);

function isForFiles(route: Route): boolean {
  const { match, handler, parent, directive } = route;
  return directive.key === 'location' && match.kind === 'regex' && handler.kind === 'static' && !parent;
}

function isPrefixWithoutFiles({ match, directive, parent, scope }: ProxyRoute): boolean {
  const isPrefix = directive.key === 'location' && match.kind === 'prefix' && /^\/[\w./~-]*$/.test(match.pattern);
  // Files of the server count first there, too.
  return isPrefix && parent?.directive.key !== 'location' && scope.own('try_files').length === 0;
}

/** The pages are files of the server. */
function hasFrontPage({ routes, scope }: VirtualHost): boolean {
  const front = routes.filter(({ match, parent }) => match.pattern === '/' && !parent);
  return front.length > 0 ? front.some(({ handler }) => handler.kind === 'static') : scope.effective('root').length > 0;
}

/** Several backends, each below a prefix that it does not know: they may answer the calls of the pages alone. */
function ofServices(proxies: readonly ProxyRoute[]): boolean {
  return new Set(proxies.filter(isMoved).map(({ handler }) => backendKey(handler.target))).size > 1;
}

/** The regular expressions that take files of a kind below the prefix of a proxied location, each with one of these. */
function takenFrom(proxy: ProxyRoute, host: VirtualHost): ReadonlyMap<Route, string> {
  const { match } = proxy;
  const takers = new Map<Route, string>();
  const below = match.pattern.endsWith('/') ? match.pattern : `${match.pattern}/`;
  for (const name of isStaticPath(proxy) ? usualFiles.toReversed() : usualFiles) {
    const path = `${below}${name}`;
    const taker = locationOfTarget(path, host);
    if (!taker || takers.has(taker) || !isForFiles(taker)) continue;
    if (!taker.internal && !leadsElsewhere(taker) && !isTold(taker, host)) takers.set(taker, path);
  }
  return takers;
}

const usualFiles = ['app.js', 'style.css', 'icon.svg', 'logo.png', 'photo.jpg'];

/** files-without-root says of such a location that it finds no files at all. */
function isTold({ scope }: Route, { routes }: VirtualHost): boolean {
  return isWithoutRoot(scope) && routes.some(({ match, parent }) => match.pattern === '/' && !parent);
}

/** Whether the backend stands below the prefix with all its pages, or keeps files there, and does not only answer calls. */
function hasOwnFiles(proxy: ProxyRoute): boolean {
  const { match, handler } = proxy;
  const names = match.pattern.toLowerCase().split('/').filter(Boolean);
  if (names.length === 0 || names.some(isForPrograms)) return false;
  const { word, upstream, host } = handler.target;
  const backend = `${typeof host === 'string' ? host : ''} ${upstream?.name ?? ''}`.toLowerCase();
  return (
    isStaticPath(proxy) ||
    (isMoved(proxy) && !word.value.includes('$')) ||
    (names.at(-1)!.length > 2 && backend.includes(names.at(-1)!))
  );
}

function isMoved({ match, handler }: ProxyRoute): boolean {
  const { path } = handler.target;
  return typeof path === 'string' && path !== '' && trimmed(path) !== trimmed(match.pattern);
}

function trimmed(path: string): string {
  return path.replace(/\/$/, '');
}

/** Paths that pages call, and that send no files. */
function isForPrograms(name: string): boolean {
  return /api|socket|health|graphql/.test(name) || /^v\d+$/.test(name) || programPaths.has(name);
}

const programPaths: ReadonlySet<string> = new Set(
  (
    'ajax rest rpc grpc gql json ws wss signalr hub hubs event events sse stream auth oauth oauth2 sso saml login logout session status ' +
    'metrics ping webhook webhooks hook hooks callback cgi-bin backend server service services gateway actuator query search ' +
    'track tracking collect analytics .well-known'
  ).split(' '),
);
