import type { Route } from '../../model/model.ts';
import { isHttpUrl } from '../../model/scheme.ts';
import { readUrl } from '../../model/url.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import type { Edit } from '../finding.ts';
import { proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'What the backend writes and what clients see are named in the wrong order',
    why: 'Redirects and cookies are mapped from what the backend writes to what clients use. The other way round nothing is found, and clients get the address or the path of the backend: links lead nowhere, and a login is asked for again and again.',
    how: {
      nginx:
        'Write what the backend sends first: "proxy_redirect http://127.0.0.1:8080/ /app/;", "proxy_cookie_path / /app/;", "proxy_cookie_domain backend.internal $host;".',
      apache:
        'ProxyPassReverse takes the path first, then the URL of the backend; ProxyPassReverseCookiePath and ProxyPassReverseCookieDomain take what the backend sends first.',
    },
    whenOff: 'Where the backend knows the public path or name, and its cookies are meant for more than it.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: ['proxy_redirect', 'proxy_cookie_path', 'proxy_cookie_domain'],
      apache: ['proxypassreverse*'],
    },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cookie_path',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassreversecookiepath',
    ],
  },
  messages: {
    path: '"{{name}}" replaces "{{from}}" by "{{to}}", but the backend is the one with "{{to}}", and clients use "{{from}}".',
    domain: '"{{name}}" replaces "{{from}}", the name that clients use, by "{{to}}", that of the backend.',
    redirect: '"{{name}}" sends clients to "{{to}}", the address of the backend, instead of replacing that.',
    reverse: 'ProxyPassReverse takes the path first: no request is for "{{from}}".',
  },
  check({ report }) {
    const told = new Set<Directive>();

    function tell(directive: Directive, message: 'path' | 'domain' | 'redirect' | 'reverse'): void {
      if (told.has(directive)) return;
      told.add(directive);
      const [from, to] = directive.args as [Word, Word];
      const data = { name: directive.name.value, from: from.value, to: to.value };
      const isSure = message === 'redirect' || message === 'reverse';
      const fix = { title: 'Turn the two round', edits: turned(directive, from, to) };
      report({ message, at: directive, data, ...(isSure && { confidence: 'high' }), fix });
    }

    function check(route: Route): void {
      const proxied = proxyRoute(route, ['http', 'websocket']);
      if (!proxied) return;
      for (const [key, judge] of judges) {
        for (const directive of route.scope.effective(key)) {
          const [from, to] = directive.args;
          const message = from && to && judge(proxied, from.value, to.value);
          if (message) tell(directive, message);
        }
      }
    }

    return {
      route: check,
      directives: {
        proxypassreverse(directive) {
          const [from, to] = directive.args;
          if (from && to?.value.startsWith('/') && isHttpUrl(from.value)) tell(directive, 'reverse');
        },
      },
    };
  },
});

type Judge = (route: ProxyRoute, from: string, to: string) => 'path' | 'domain' | 'redirect' | undefined;

const judges: readonly (readonly [string, Judge])[] = [
  ['proxy_redirect', judgeRedirect],
  ['proxy_cookie_path', judgePath],
  ['proxy_cookie_domain', judgeDomain],
  ['proxypassreversecookiepath', judgePath],
  ['proxypassreversecookiedomain', judgeDomain],
];

/** The path of clients comes first, that of the backend second, and they differ. */
function judgePath({ match, handler, directive }: ProxyRoute, from: string, to: string): 'path' | undefined {
  const { path } = handler.target;
  const isPrefix = match.kind.startsWith('prefix') || (directive.key.startsWith('location') && match.kind === 'exact');
  if (!isPrefix || typeof path !== 'string' || path === '') return undefined;
  const [own, theirs] = [trimmed(match.pattern), trimmed(path)];
  return own !== theirs && trimmed(from) === own && trimmed(to) === theirs ? 'path' : undefined;
}

function judgeDomain({ virtualHost, handler }: ProxyRoute, from: string, to: string): 'domain' | undefined {
  const { host, upstream } = handler.target;
  const theirs = new Set<unknown>([
    host,
    ...(upstream?.servers ?? []).map(({ address }) => readUrl(`http://${address.value}`).host.text),
  ]);
  const own = new Set(virtualHost.names.map(({ text }) => text.toLowerCase()));
  const name = bare(from);
  const isOwn = own.has(name) || /^\$\{?(?:host|server_name)\}?$/.test(name);
  return isOwn && theirs.has(bare(to)) && !theirs.has(name) ? 'domain' : undefined;
}

/** What clients are sent to has the very address that requests are passed on to. */
function judgeRedirect({ handler, virtualHost }: ProxyRoute, from: string, to: string): 'redirect' | undefined {
  const { authority } = readUrl(handler.target.word.value);
  const sent = readUrl(to);
  // Clients and the proxy may know the application by one name.
  const name = sent.host.text.toLowerCase();
  if (name.includes('$') || virtualHost.names.some(({ text }) => text.toLowerCase() === name)) return undefined;
  const isTheirs = isHttpUrl(to) && sent.authority.text !== '' && sent.authority.text === authority.text;
  return isTheirs && !from.startsWith('~') && readUrl(from).authority.text !== authority.text ? 'redirect' : undefined;
}

function trimmed(path: string): string {
  return path.replace(/\/$/, '');
}

function bare(domain: string): string {
  return domain.replace(/^\./, '').toLowerCase();
}

function turned(directive: Directive, from: Word, to: Word): Edit[] {
  return [
    { place: placeIn(directive, from), text: to.raw },
    { place: placeIn(directive, to), text: from.raw },
  ];
}
