import type { Offer } from '../../edits/lines.ts';
import type { HeaderOp, Route, VirtualHost } from '../../model/model.ts';
import { readUrl, type UrlPart } from '../../model/url.ts';
import { defaultPort } from '../../model/scheme.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { proxyRoute } from '../_shared/backends.ts';
import { visitRedirects, type Redirect } from '../_shared/redirects.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { ownPort } from './_public-ports.ts';

export default defineRule({
  meta: {
    summary: 'A server on a port of its own leads clients, or the backend, to the default port',
    why: '"$host" and "%{SERVER_NAME}" have no port. A redirect made of them leads to port 443, where another site or none answers, and an application that is told such a Host builds the same links.',
    how: 'nginx: "$host:$server_port" in a redirect, or a path alone, and "proxy_set_header Host $http_host;". Apache: "%{HTTP_HOST}", or a path alone.',
    whenOff: 'Where clients reach this port as the default one, through a proxy or a mapped port.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxTls, apache: apacheTls },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_host',
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond',
    ],
  },
  messages: {
    redirect: '"{{to}}" leads clients to port {{usual}}; this server listens on {{port}} only.',
    header: 'The backend is told "{{value}}", without the port {{port}} that clients must write.',
  },
  check(context) {
    const { dialect, model, report } = context;
    const redirects = visitRedirects(context, checkRedirect);
    const told = new Set<Directive>();

    function checkRedirect({ host, directive, to }: Redirect): void {
      const url = readUrl(to.value);
      const scheme = /^\$\{?scheme\}?$/.test(url.scheme?.text ?? '') ? 'https' : url.scheme?.text.toLowerCase();
      if (scheme !== 'https' || url.port || !isOwnName(url.host, host)) return;
      const [listener] = ownPort(host, model) ?? [];
      if (!listener) return;
      report({
        message: 'redirect',
        at: placeIn(directive, to),
        data: { to: to.value, usual: defaultPort(scheme)!, port: String(listener.port) },
        related: listener.directives.slice(0, 1).map((at) => ({ at, message: 'listens here' })),
        ...addPort(directive, to, url.host),
      });
    }

    /** The port of nginx is that of the connection; httpd's is written into ServerName at best. */
    function addPort(directive: Directive, to: Word, { text }: UrlPart): Offer {
      const at = to.raw.indexOf(text);
      if (dialect !== 'nginx' || at === -1) return {};
      const end = to.start + at + text.length;
      const edits = [{ place: placeIn(directive, { start: end, end }), text: ':$server_port' }];
      return { fix: { title: 'Add the port', edits } };
    }

    function checkHeader(route: Route): void {
      const proxied = proxyRoute(route);
      const host = proxied?.backend.headers.get('host');
      if (!proxied || !isWithoutPort(host) || told.has(host.origin)) return;
      const { headers } = proxied.backend;
      if (['x-forwarded-port', 'x-forwarded-host', 'forwarded'].some((name) => headers.has(name))) return;
      const [listener] = ownPort(route.virtualHost, model) ?? [];
      if (!listener) return;
      told.add(host.origin);
      report({
        message: 'header',
        at: host.origin,
        severity: 'info',
        data: { value: `Host: ${host.value}`, port: String(listener.port) },
        related: listener.directives.slice(0, 1).map((at) => ({ at, message: 'listens here' })),
      });
    }

    return {
      ...redirects,
      route(route) {
        redirects.route?.(route);
        checkHeader(route);
      },
    };
  },
});

interface WrittenHost extends HeaderOp {
  readonly value: string;
  readonly origin: Directive;
}

function isWithoutPort(op: HeaderOp | undefined): op is WrittenHost {
  if (op?.action !== 'set' || op.origin === 'default' || typeof op.value !== 'string') return false;
  return /^\$\{?(?:host|server_name)\}?$/.test(op.value);
}

/** The name that was asked for, without its port, or one that is written here. */
function isOwnName({ text }: UrlPart, { names }: VirtualHost): boolean {
  if (/^\$\{?(?:host|server_name)\}?$|^%\{SERVER_NAME\}$/i.test(text)) return true;
  return names.some((name) => name.kind === 'exact' && name.text.toLowerCase() === text.toLowerCase());
}
