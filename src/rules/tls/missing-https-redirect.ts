import { enclosing } from '../../syntax/tree.ts';
import type { Listener, Route, VirtualHost } from '../../model/model.ts';
import { needsOf } from '../_shared/applications/needs.ts';
import { sitesOf, type Site } from '../_shared/applications/sites.ts';
import { isSite } from '../_shared/backends.ts';
import { ask } from '../../requests/ask.ts';
import { requestTo } from '../../requests/request-to.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { mayRedirect } from './_https-redirects.ts';
import { isLoopback } from './_listeners.ts';
import { servesRoot, listenOf, namesOverTls } from './_plain-hosts.ts';

export default defineRule({
  meta: {
    summary: 'A site with TLS that is served over plain HTTP as well',
    why: 'Whoever types the bare name, or follows an old link, stays on plain HTTP: cookies and passwords can be read and pages changed on the way.',
    how: {
      nginx:
        'Answer port 80 with a redirect in "location /": "return 301 https://$host$request_uri;". Where certificates are fetched by this host, "/.well-known/acme-challenge/" needs a location of its own.',
      apache:
        'Answer port 80 with a redirect only: "Redirect permanent / https://example.com/". Where certificates are fetched by this host, leave "/.well-known/acme-challenge/" out of it: \'RedirectMatch permanent "^/(?!\\.well-known/acme-challenge/)(.*)" https://example.com/$1\'.',
    },
    whenOff: 'Where clients have to be served that speak no HTTPS.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxTls, apache: apacheTls },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect',
    ],
  },
  messages: {
    twin: '"{{name}}" is served over plain HTTP here and over TLS elsewhere; plain requests are not redirected.',
    both: 'This virtual host serves the same over plain HTTP and over TLS; plain requests are not redirected.',
  },
  check(context) {
    const { model } = context;
    const found: (readonly [VirtualHost, Parameters<typeof context.report>[0]])[] = [];
    let encrypted: ReadonlyMap<string, VirtualHost> | undefined;

    /** A redirect of some paths leaves the others; one that a condition guards may be for any. */
    function servesContent(host: VirtualHost, listener: Listener): boolean {
      if (host.routes.some((route) => isGuardedRedirect(route))) return false;
      const request = requestTo(host, listener, '/');
      const outcome = request && ask(context, request).outcome;
      return outcome?.kind === 'proxy' || (outcome?.kind === 'static' && outcome.found !== 'missing');
    }

    return {
      virtualHost(host) {
        const at = host.directive;
        const plain = host.listeners.find((listener) => isPublicPlain(listener));
        if (!at || !plain || !servesRoot(host) || (mayRedirect(host) && !servesContent(host, plain))) return;
        const listen = listenOf(plain, at) ?? at;
        if (host.listeners.some(({ tls, port }) => tls && port === 443)) {
          if (!isCatchAll(host)) found.push([host, { message: 'both', at: listen }]);
          return;
        }
        encrypted ??= namesOverTls(model);
        const name = host.names.find(({ text, kind }) => kind === 'exact' && encrypted!.has(text.toLowerCase()));
        if (!name) return;
        const other = encrypted.get(name.text.toLowerCase())!.directive!;
        const related = [{ at: other, message: 'over TLS' }];
        const witness = /^[\w.-]+$/.test(name.text) && { witness: `curl -i -H 'Host: ${name.text}' 'http://host/'` };
        found.push([host, { message: 'twin', at, data: { name: name.text }, related, ...witness }]);
      },
      async end() {
        const sites = found.length > 0 ? await sitesOf(context) : [];
        for (const [host, finding] of found) {
          if (!redirectsItself(host, sites)) context.report({ ...finding, ...exceptFor(host, sites) });
        }
      },
    };
  },
});

function isGuardedRedirect({ handler, match, conditions, directive }: Route): boolean {
  if (handler.kind !== 'redirect') return false;
  return match.kind === 'condition' || conditions.length > 0 || enclosing(directive)?.key === 'if';
}

/** The application behind it answers with the redirect. */
function redirectsItself(host: VirtualHost, sites: readonly Site[]): boolean {
  const site = sites.find((each) => each.host === host && each.routes.some(isSite));
  return site !== undefined && needsOf(site, 'not-needed').some(({ what }) => what.includes('https-redirect'));
}

/** Paths that must come to an application in plain HTTP, which a redirect has to leave out. */
function exceptFor({ names }: VirtualHost, sites: readonly Site[]): { readonly how?: string } {
  const own = new Set(names.map(({ text }) => text.toLowerCase()));
  for (const site of sites) {
    const need = needsOf(site, 'well-known').find(({ scheme }) => scheme === 'http');
    if (!need || !site.host.names.some(({ text }) => own.has(text.toLowerCase()))) continue;
    const [first] = need.paths as [string];
    const path = first.slice(0, first.lastIndexOf('/') + 1);
    return {
      how: `Redirect all but "${path}", which must come to ${site.application.name} in plain HTTP: ${need.fact}`,
    };
  }
  return {};
}

/** The server for unknown names (`_`): it has no site to redirect to. */
function isCatchAll({ names }: VirtualHost): boolean {
  return names.length > 0 && names.every(({ text }) => text === '_');
}

function isPublicPlain(listener: Listener): boolean {
  return listener.port === 80 && !listener.tls && !listener.proxyProtocol && !isLoopback(listener);
}
