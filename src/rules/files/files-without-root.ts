import type { Match, Route, VirtualHost } from '../../model/model.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { samplePath } from '../../regex/sample.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isWithoutRoot, leadsElsewhere } from './_without-root.ts';

const messages = {
  taken:
    'Requests such as "{{path}}" are answered with files from the default folder of nginx, not by "{{proxy}}": this location has no "{{pass}}", and no "root" is in force.',
  elsewhere:
    'Requests such as "{{path}}" are answered with files from the default folder of nginx: no "root" is in force here, that of "{{other}}" holds there only.',
} as const;

export default defineRule({
  meta: {
    summary: 'A location that serves files although no root says from where',
    why: 'A location does not inherit proxy_pass, nor the root of a location beside it. nginx then looks in the folder "html" of its installation, so that style sheets, scripts and images answer 404.',
    how: 'Set "root" in the server, or repeat the proxy_pass in this location. Settings such as "expires" can also stand beside the proxy_pass.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['location'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#root',
      'https://github.com/nginxinc/nginx-wiki/blob/master/source/start/topics/tutorials/config_pitfalls.rst',
    ],
  },
  messages,
  check({ report }) {
    function check(route: Route, { proxy: forAll, root: other }: Others): void {
      const path = servedPath(route);
      if (path === undefined) return;
      const { directive } = route;
      const common = {
        at: directive,
        confidence: route.scope.certainty('root') === 'known' ? 'high' : 'medium',
        witness: `curl -i 'http://host${path}'`,
      } as const;
      const proxy = proxyAround(route) ?? forAll;
      if (proxy?.handler.kind === 'proxy') {
        const { handler } = proxy;
        const data = { path, proxy: handler.target.word.value, pass: handler.directive.name.value };
        const related = [{ at: handler.directive, message: 'takes the other paths' }];
        report({ ...common, message: 'taken', data, related });
        return;
      }
      if (!other) return;
      const text = [other.directive.name, ...other.directive.args].map(({ raw }) => raw).join(' ');
      const related = [{ at: other.root, message: 'this root' }];
      report({ ...common, message: 'elsewhere', data: { path, other: text }, related });
    }

    return {
      virtualHost(host) {
        const found = host.routes.filter(isFileLocation);
        if (found.length === 0) return;
        const outer = new Set(host.routes.map(({ parent }) => parent?.directive));
        const others = othersOf(host);
        for (const route of found) if (!outer.has(route.directive)) check(route, others);
      },
    };
  },
});

/** Those that nothing but the static handler answers, and that look for files in the folder of the installation. */
function isFileLocation(route: Route): boolean {
  const { directive, match, handler, scope } = route;
  if (directive.key !== 'location' || handler.kind !== 'static' || route.preemptedBy || route.internal) return false;
  // One path alone is often given up on purpose, as /favicon.ico is.
  if (match.kind === 'exact' || match.kind === 'named') return false;
  return isWithoutRoot(scope) && !leadsElsewhere(route);
}

/** A path that the location takes; undefined where its pattern gives none. */
function servedPath({ match }: Route): string | undefined {
  const path = match.kind === 'regex' ? matchedPath(match) : `${match.pattern.replace(/\/$/, '')}/file.css`;
  return path !== undefined && /^\/[\w./~-]*$/.test(path) ? path : undefined;
}

/** As a reader would write it: the pattern for a path, or a name in front of an extension, where the pattern takes that. */
function matchedPath({ pattern, caseInsensitive }: Match): string | undefined {
  const path = samplePath(pattern);
  const named = path?.replace(/^\/(?=\.\w+$)/, '/file');
  const regex = compilePcre(pattern, caseInsensitive);
  return [pattern.replace(/^\^/, ''), named].find((each) => each?.startsWith('/') && regex?.exec(each)) ?? path;
}

/** What takes all other paths of a virtual host: a proxy, or files below a root of their own. */
interface Others {
  readonly proxy: Route | undefined;
  readonly root: { readonly directive: Directive; readonly root: Directive } | undefined;
}

function othersOf({ routes }: VirtualHost): Others {
  const all = routes.find(({ match, parent }) => match.pattern === '/' && match.kind.startsWith('prefix') && !parent);
  const { handler, scope, directive } = all ?? {};
  const proxy = handler?.kind === 'proxy' && scope!.own('try_files').length === 0 ? all : undefined;
  const root = handler?.kind === 'static' ? scope!.own('root').at(-1) : undefined;
  return { proxy, root: root && { directive: directive!, root } };
}

/** An inner location of a proxied one. */
function proxyAround({ parent }: Route): Route | undefined {
  for (let around = parent; around; around = around.parent) if (around.handler.kind === 'proxy') return around;
  return undefined;
}
