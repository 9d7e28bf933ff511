import { enclosing } from '../../syntax/tree.ts';
import type { Listener, Route, VirtualHost } from '../../model/model.ts';
import { ask, requestTo } from '../_shared/representative-requests.ts';
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
      nginx: 'Answer port 80 with a redirect only: "return 301 https://$host$request_uri;".',
      apache: 'Answer port 80 with a redirect only: "Redirect permanent / https://example.com/".',
    },
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
    const { model, report } = context;
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
          if (!isCatchAll(host)) report({ message: 'both', at: listen });
          return;
        }
        encrypted ??= namesOverTls(model);
        const name = host.names.find(({ text, kind }) => kind === 'exact' && encrypted!.has(text.toLowerCase()));
        if (!name) return;
        const other = encrypted.get(name.text.toLowerCase())!.directive!;
        const related = [{ at: other, message: 'over TLS' }];
        const witness = /^[\w.-]+$/.test(name.text) && { witness: `curl -i -H 'Host: ${name.text}' 'http://host/'` };
        report({ message: 'twin', at, data: { name: name.text }, related, ...witness });
      },
    };
  },
});

function isGuardedRedirect({ handler, match, conditions, directive }: Route): boolean {
  if (handler.kind !== 'redirect') return false;
  return match.kind === 'condition' || conditions.length > 0 || enclosing(directive)?.key === 'if';
}

/** The server for unknown names (`_`): it has no site to redirect to. */
function isCatchAll({ names }: VirtualHost): boolean {
  return names.length > 0 && names.every(({ text }) => text === '_');
}

function isPublicPlain(listener: Listener): boolean {
  return listener.port === 80 && !listener.tls && !listener.proxyProtocol && !isLoopback(listener);
}
