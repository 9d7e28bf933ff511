import { unknown, type Listener, type Model, type VirtualHost } from '../../model/model.ts';
import type { Place } from '../../text/source.ts';
import { ask } from '../../requests/ask.ts';
import { requestFor, type RequestLine } from '../../requests/request-to.ts';
import { keyOf, PlainRedirects, plainRedirects } from './_apache-redirect-loop.ts';
import { nginxRedirects, apacheRedirects } from '../_shared/needs.ts';
import { redirectsAlways } from './_htaccess-loops.ts';
import { defineRule } from '../define-rule.ts';
import {
  type Redirect,
  apacheRedirectOf,
  redirectOf,
  isAnswered,
  targetOf,
  pathsOf,
  hostNames,
  urlOf,
} from './_followed-redirects.ts';

export default defineRule({
  meta: {
    summary: 'A redirect whose target is redirected again, without end',
    why: 'The browser gives up with "too many redirects", and nobody gets to see the page.',
    how: 'Redirect to a host, scheme or path that another server or location answers; for HTTPS put the redirect into a server of its own for port 80.',
    whenOff: 'Where something that the text does not show ends it, such as a cookie that the target sets.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxRedirects, apache: apacheRedirects },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect',
    ],
  },
  messages: {
    always:
      'Requests over HTTPS are redirected, too, to where they came from: no condition asks for the scheme, and what stands in a folder holds for both.',
    loops: 'The redirect of "{{from}}" to "{{to}}" leads back here: the client is redirected without end.',
  },
  check(context) {
    const { config, dialect, report } = context;
    const seen = new Set<string>();

    function reportLoop(at: Place, from: string, to: string): void {
      const key = keyOf(at);
      if (seen.has(key)) return;
      seen.add(key);
      report({
        message: 'loops',
        at,
        data: { from, to },
        witness: `curl -i -L --max-redirs 10 -k '${from}'`,
      });
    }

    let asked = 0;
    let plain: PlainRedirects | undefined;

    function apachePaths(host: VirtualHost): string[] {
      plain ??= new PlainRedirects(context.model);
      const known = plain;
      return plainRedirects(host)
        .filter((redirect) => known.mayMeetAnother(redirect))
        .map(({ path }) => path);
    }

    function checkHost(host: VirtualHost): void {
      const paths = dialect === 'nginx' ? pathsOf(host) : apachePaths(host);
      if (paths.length === 0) return;
      for (const listener of host.listeners) {
        for (const name of hostNames(host)) {
          for (const path of paths) checkRequest(listener, name, path);
        }
      }
    }

    function checkRequest(listener: Listener, name: string, path: string): void {
      if (listener.port === unknown || listener.address.startsWith('unix:')) return;
      const start: RequestLine = { scheme: listener.tls ? 'https' : 'http', host: name, port: listener.port, path };
      const loop = follow(context.model, start);
      if (loop) reportLoop(loop.at, urlOf(start), loop.to);
    }

    /** Follows redirects from server to server of this config; the first one, if they never end. */
    function follow(model: Model, start: RequestLine): Redirect | undefined {
      let request: RequestLine | undefined = start;
      let first: Redirect | undefined;
      let isBack = false;
      for (let count = 0; count < maxRedirects; count++) {
        if (!request || !isAnswered(model, request, config.serversComplete)) return undefined;
        // Each request of httpd costs a millisecond, and a config may have thousands of loops.
        if (dialect !== 'nginx' && ++asked > maxAsked) return undefined;
        const answer = ask(context, requestFor(request));
        const redirect = dialect === 'nginx' ? redirectOf(answer) : apacheRedirectOf(answer);
        if (!redirect || (dialect !== 'nginx' && !plain?.has(redirect.at))) return undefined;
        if (first && keyOf(first.at) === keyOf(redirect.at)) isBack = true;
        first ??= redirect;
        request = targetOf(redirect.to, request);
      }
      // One of httpd that only leads to such a loop is right by itself.
      return dialect === 'nginx' || isBack ? first : undefined;
    }

    return {
      virtualHost: checkHost,
      directives: {
        rewriterule(rule) {
          if (redirectsAlways(rule, config))
            report({ message: 'always', at: rule, severity: 'warning', confidence: 'medium' });
        },
      },
    };
  },
});

/** What browsers follow at most is 20; a chain of this length comes from nothing but a loop. */
const maxRedirects = 10;
const maxAsked = 1000;
