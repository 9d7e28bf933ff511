import type { VirtualHost, Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { mayChangeHeaders, responseHeaders } from './_response-headers.ts';
import { wordTable } from '../../text/word-table.ts';

export default defineRule({
  meta: {
    summary: 'A session cookie without HttpOnly or Secure, or SameSite=None without Secure',
    why: 'A script that was smuggled into the page reads a cookie without HttpOnly; a cookie without Secure is also sent over plain HTTP. Browsers drop a cookie with SameSite=None that is not Secure.',
    how: 'End the cookie with "; Secure; HttpOnly; SameSite=Lax".',
    whenOff: 'Where a script of the page has to read the cookie, or the site is served over plain HTTP only.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: [{ add_header: /^set-cookie$/i, more_set_headers: /set-cookie/i }, 'proxy_cookie_flags'],
      apache: [{ header: /^set-cookie:?$/i }, 'sessioncookiename*'],
    },
    references: [
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cookie_flags',
      'https://httpd.apache.org/docs/2.4/mod/mod_session_cookie.html',
    ],
  },
  messages: {
    missing: 'The session cookie "{{cookie}}" is set without {{flags}}.',
    sameSite: 'The cookie "{{cookie}}" has SameSite=None without Secure, so browsers refuse it.',
    removed: '"{{directive}}" takes {{flags}} away from cookies of the backend.',
  },
  check({ dialect, report }) {
    const seen = new Set<Directive>();

    function checkCookie(directive: Directive, cookie: string, { overTls }: VirtualHost): void {
      const name = /^\s*([^=;\s]+)/.exec(cookie)?.[1];
      if (name === undefined || seen.has(directive) || isDeletion.test(cookie)) return;
      seen.add(directive);
      if (/samesite\s*=\s*none/i.test(cookie) && !secure.test(cookie)) {
        report({ message: 'sameSite', at: directive, confidence: 'high', data: { cookie: name } });
        return;
      }
      if (!sessionName.test(name) || readByScripts.test(name)) return;
      const flags = [
        ...(httpOnly.test(cookie) ? [] : ['HttpOnly']),
        ...(secure.test(cookie) || overTls !== true ? [] : ['Secure']),
      ];
      if (flags.length > 0) report({ message: 'missing', at: directive, data: { cookie: name, flags: listOf(flags) } });
    }

    function checkScope(scope: Scope, host: VirtualHost): void {
      for (const { name, value, directive } of responseHeaders(scope, dialect))
        if (name === 'set-cookie') checkCookie(directive, value, host);
      for (const key of ['sessioncookiename', 'sessioncookiename2']) {
        for (const directive of scope.effective(key)) {
          const [name, ...attributes] = directive.args.map(({ value }) => value);
          if (name !== undefined) checkCookie(directive, `session-${name}=;${attributes.join(';')}`, host);
        }
      }
    }

    function checkFlags(directive: Directive): void {
      const removed = directive.args.slice(1).flatMap(({ value }) => removing[value.toLowerCase()] ?? []);
      if (removed.length === 0) return;
      report({
        message: 'removed',
        at: directive,
        data: { directive: directive.name.value, flags: listOf(removed) },
      });
    }

    return {
      virtualHost: (host) => checkScope(host.scope, host),
      route({ scope, virtualHost }) {
        if (mayChangeHeaders(scope, dialect)) checkScope(scope, virtualHost);
      },
      directives: { proxy_cookie_flags: checkFlags },
    };
  },
});

const secure = /;\s*secure\s*(?:;|$)/i;
const httpOnly = /;\s*httponly\s*(?:;|$)/i;
const isDeletion = /max-age\s*=\s*["']?0\b|expires\s*=\s*\w+,\s*0?1[ -]jan[ -](?:19)?70/i;
const sessionName = /sess|(?:^|[_-])(?:sid|auth|jwt|token)(?:$|[_-])|^(?:sid|auth|jwt|token)$/i;
/** Tokens against forged requests are read by the page's own scripts. */
const readByScripts = /csrf|xsrf/i;
const removing: Readonly<Record<string, string | undefined>> = wordTable({
  nosecure: 'Secure',
  nohttponly: 'HttpOnly',
});
