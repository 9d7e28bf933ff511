import type { Route, VirtualHost } from '../../model/model.ts';
import { isOn, settingOf } from '../../servers/nginx/meaning/settings.ts';
import { locationOfTarget } from '../../servers/nginx/meaning/locations.ts';
import { passDirectives } from '../../servers/nginx/meaning/pass.ts';
import { isUnder } from '../../servers/apache/meaning/paths.ts';
import { isExclusion } from '../../servers/apache/meaning/proxy-pass.ts';
import { flagList } from '../../servers/apache/meaning/rewrite.ts';
import { children, directivesByKey } from '../../syntax/walk.ts';
import { enclosingNamed, headerOf, type Block, type Directive } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { isAuxiliary } from '../_shared/backends.ts';
import { nginxAnsweringPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An error page for answers of a backend, which are passed on as they are',
    why: 'Error pages are for the errors of the server itself. Where every request goes to a backend, it is the backend that answers 404, and clients see the page of the backend.',
    how: {
      nginx: 'Write "proxy_intercept_errors on;" beside the proxy_pass, or leave the error_page out.',
      apache: 'Write "ProxyErrorOverride On", with the codes behind it since 2.4.47, or leave the ErrorDocument out.',
    },
    whenOff: 'Where the page of the backend is meant to be seen.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: [['error_page'], nginxAnsweringPass],
      apache: [['errordocument'], ['proxypass*']],
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_intercept_errors',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyerroroverride',
    ],
  },
  messages: {
    passed:
      'Clients never see this page for {{codes}}: all requests go to a backend, whose errors are passed on, as "{{setting}}" is off.',
  },
  check: {
    nginx({ report }) {
      return {
        virtualHost(host) {
          const pages = pagesOf(host);
          if (pages.size === 0) return;
          const targets = targetsOf(host);
          for (const [page, routes] of pages) {
            const others = routes.filter((route) => !targets.has(route));
            const isUnused = others.every((route) => isPassedOn(route, page));
            const setting = isUnused ? others.map(settingFor).find((each) => each !== undefined) : undefined;
            if (setting === undefined || !takesAll(host, others)) continue;
            const how = `Write "${setting} on;" beside the pass, or leave the error_page out.`;
            report({ message: 'passed', at: page, how, data: { codes: listOf(codesOf(page)), setting } });
          }
        },
      };
    },
    apache({ config, report }) {
      // What stands outside the virtual hosts holds in each of them, sections too.
      let shared: readonly Directive[] | undefined;
      return {
        virtualHost(host) {
          const { scope, routes } = host;
          const isAll = routes.some(
            ({ match, handler, parent, conditions }) =>
              match.kind === 'prefix' &&
              match.pattern === '/' &&
              handler.kind === 'proxy' &&
              !parent &&
              conditions.length === 0,
          );
          const pages = scope.own('errordocument');
          const told = pages.filter(({ args }) => args[0]?.value === '404' && args.length > 1);
          if (!isAll || told.length === 0 || !isUnread(host)) return;
          const targets = pages.map(({ args }) => args[1]?.value ?? '');
          if (!routes.every((route) => isBackend(route, targets))) return;
          shared ??= deciding(config.file.root).filter((each) => !enclosingNamed(each, 'virtualhost'));
          const own = host.directive?.block ? deciding(host.directive.block) : [];
          if ([...shared, ...own].some((each) => mayShow(each, targets))) return;
          for (const page of told) {
            report({ message: 'passed', at: page, data: { codes: '404', setting: 'ProxyErrorOverride' } });
          }
        },
      };
    },
  },
});

/** Codes that a location with nothing but a proxy has no reason to answer by itself. */
const ofBackends: ReadonlySet<string> = new Set(['404', '410', '422']);

function codesOf({ args }: Directive): string[] {
  return args.slice(0, -1).flatMap(({ value }) => (value.startsWith('=') ? [] : value));
}

/** The error pages for nothing but such codes, and the routes that they are for. */
function pagesOf({ routes, directive: server }: VirtualHost): Map<Directive, Route[]> {
  const pages = new Map<Directive, Route[]>();
  for (const route of routes) {
    if (route.directive.key !== 'location' || route.preemptedBy) continue;
    for (const page of route.scope.effective('error_page')) {
      const codes = codesOf(page);
      // A file that several servers include is written for all of them.
      const isOwn = !server || headerOf(page).file === headerOf(server).file;
      if (!isOwn || codes.length === 0 || !codes.every((code) => ofBackends.has(code))) continue;
      const known = pages.get(page);
      if (known) known.push(route);
      else pages.set(page, [route]);
    }
  }
  return pages;
}

function settingFor({ handler }: Route): string | undefined {
  const family = handler.kind === 'proxy' ? passDirectives.get(handler.directive.key)?.family : undefined;
  return family && `${family}_intercept_errors`;
}

/** Where error pages of all kinds come from. */
function targetsOf(host: VirtualHost): ReadonlySet<Route | undefined> {
  const pages = new Set(host.routes.flatMap(({ scope }) => scope.effective('error_page')));
  return new Set([...pages].map(({ args }) => locationOfTarget(args.at(-1)?.value ?? '', host)));
}

/** The backend answers, and nothing in the location makes such an error of its own. */
function isPassedOn(route: Route, page: Directive): boolean {
  const { scope, directive, handler } = route;
  if (handler.kind === 'redirect' || handler.kind === 'deny' || isAsked(route)) return true;
  if (handler.kind === 'return')
    return typeof handler.status === 'number' && !codesOf(page).includes(String(handler.status));
  const setting = settingFor(route);
  if (setting === undefined || isOn(scope, setting) || scope.certainty(setting) === 'unread') return false;
  return !(directive.block && children(directive.block).some(({ key }) => making.has(key)));
}

const making: ReadonlySet<string> = new Set(['try_files', 'return', 'if', 'limit_except', 'auth_request']);

/** By programs alone, which read no pages; a file may be missing for everybody. */
function isAsked(route: Route): boolean {
  const { handler, match, scope } = route;
  if (handler.kind !== 'static' || !isAuxiliary(route)) return false;
  return match.pattern.includes('acme-challenge') || scope.own('stub_status').length > 0;
}

/** No request is left to the files of the server. */
function takesAll({ scope }: VirtualHost, routes: readonly Route[]): boolean {
  const isAll = routes.some(({ match, parent }) => match.kind.startsWith('prefix') && match.pattern === '/' && !parent);
  return isAll && !scope.open && settingOf(scope, 'return') === undefined && scope.own('if').length === 0;
}

/** Not even set to off, wherever a request goes: that says that it is meant so. */
function isUnread({ scope, routes }: VirtualHost): boolean {
  const scopes = new Set([scope, ...routes.map((route) => route.scope)]);
  return [...scopes].every(
    (each) => each.effective('proxyerroroverride').length === 0 && each.certainty('proxyerroroverride') !== 'unread',
  );
}

/** A proxy, or a path left out of it for the error pages themselves. */
function isBackend(route: Route, pages: readonly string[]): boolean {
  const { handler, directive, match } = route;
  if (handler.kind === 'proxy') return true;
  if (handler.kind === 'redirect') return typeof handler.status === 'number' && handler.status !== 404;
  if (!isExclusion(route) && directive.key !== 'alias') return false;
  return match.kind === 'prefix' && isForPages(match.pattern, pages);
}

function isForPages(prefix: string, pages: readonly string[]): boolean {
  return prefix !== '/' && pages.some((page) => isUnder(page, prefix));
}

const decisive = ['proxyerroroverride', 'proxypass', 'proxypassmatch', 'rewriterule', 'redirect', 'redirectmatch'];

function deciding(block: Block): readonly Directive[] {
  const byKey = directivesByKey(block);
  return decisive.flatMap((key) => byKey.get(key) ?? []);
}

/** Whether the server may answer 404 by itself because of a directive, or shows its page for the answers of a backend. */
function mayShow({ key, args }: Directive, pages: readonly string[]): boolean {
  const [first, second, third] = args.map(({ value }) => value);
  switch (key) {
    case 'proxyerroroverride':
      return true;
    case 'rewriterule': {
      const flags = new Map(flagList(third ?? ''));
      const status = flags.get('r');
      if (status !== undefined) return !/^(?:3\d\d|permanent|temp|seeother)?$/i.test(status);
      return second !== '-' && !flags.has('p');
    }
    case 'redirect':
    case 'redirectmatch':
      return first === '404';
    default:
      return second === '!' ? key !== 'proxypass' || !isForPages(first ?? '/', pages) : first === '!';
  }
}
