import { toBytes } from '../../text/bytes.ts';
import { unknown, type Listener, type Model, type VirtualHost } from '../../model/model.ts';
import type { Trace } from '../../model/trace.ts';
import { selectHost } from '../../servers/nginx/meaning/hosts.ts';
import { samplePath } from '../../regex/sample.ts';
import { headerOf } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';
import { UnknownAnswer } from '../../model/unknown.ts';
import { ask, requestFor, type RequestLine } from '../_shared/representative-requests.ts';
import { apacheLoops } from './_apache-redirect-loop.ts';
import { effectivePort, hostWithPort, readUrl } from '../../model/url.ts';
import { nginxRedirects, apacheRedirects } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A redirect whose target is redirected again, without end',
    why: 'The browser gives up with "too many redirects", and nobody gets to see the page.',
    how: 'Redirect to a host, scheme or path that another server or location answers; for HTTPS put the redirect into a server of its own for port 80.',
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
    loops: 'The redirect of "{{from}}" to "{{to}}" leads back here: the client is redirected without end.',
  },
  check(context) {
    const { config, dialect, report } = context;
    const seen = new Set<string>();

    function reportLoop(at: Place, from: string, to: string): void {
      const key = `${at.file.path} ${at.start}`;
      if (seen.has(key)) return;
      seen.add(key);
      report({
        message: 'loops',
        at,
        data: { from, to },
        witness: `curl -i -L --max-redirs 10 -k '${from}'`,
      });
    }

    function checkNginx(host: VirtualHost): void {
      const paths = pathsOf(host);
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
      for (let count = 0; count < maxRedirects; count++) {
        if (!request || !isAnswered(model, request, config.complete)) return undefined;
        const redirect = redirectOf(ask(context, requestFor(request)));
        if (!redirect) return undefined;
        first ??= redirect;
        request = targetOf(redirect.to, request);
      }
      return first;
    }

    return {
      virtualHost(host) {
        if (dialect === 'nginx') checkNginx(host);
        else for (const { directive, from, to } of apacheLoops(host)) reportLoop(headerOf(directive), from, to);
      },
    };
  },
});

/** What browsers follow at most is 20; a chain of this length comes from nothing but a loop. */
const maxRedirects = 10;
const maxPaths = 20;

interface Redirect {
  readonly at: Place;
  readonly to: string;
}

/** By a directive, not that of a directory without its slash, and for every client: a cookie may end what its absence began. */
function redirectOf({ outcome, steps }: Trace): Redirect | undefined {
  if (steps.some(({ does, text }) => does === 'condition' && !holdsForAll(text))) return undefined;
  const at = steps.findLast(({ does }) => does === 'redirect')?.place;
  return outcome.kind === 'response' && outcome.location !== undefined && at ? { at, to: outcome.location } : undefined;
}

/** Whether a condition reads nothing that clients, or proxies in front, send besides the URL. */
function holdsForAll(condition: string): boolean {
  return [...condition.matchAll(/\$\{?(\w+)/g)].every(([, name]) => urlVariables.has(name!));
}

const urlVariables: ReadonlySet<string> = new Set([
  'args',
  'document_uri',
  'host',
  'http_host',
  'https',
  'is_args',
  'query_string',
  'request_method',
  'request_uri',
  'scheme',
  'server_name',
  'server_port',
  'uri',
]);

/** Whether a server that is seen takes the request. */
function isAnswered(model: Model, { host, port, scheme }: RequestLine, complete: boolean): boolean {
  const onPort = model.listeners.filter((listener) => listener.port === port && !listener.http3);
  const [listener] = onPort;
  if (!listener || onPort.length > 1 || listener.tls !== (scheme === 'https')) return false;
  try {
    return complete || selectHost(listener, host).name !== undefined;
  } catch (error) {
    if (error instanceof UnknownAnswer) return false;
    throw error;
  }
}

function targetOf(to: string, from: RequestLine): RequestLine | undefined {
  const url = readUrl(to);
  const path = url.path.text.replace(/\/{2,}/g, '/') || '/';
  // Dots and escapes would be resolved first.
  if (to === '' || /%|\/\.\.?(?:\/|$)/.test(path) || path.length > 2000) return undefined;
  const scheme = url.scheme?.text;
  if (scheme === undefined) return url.authority.text === '' ? { ...from, path } : undefined;
  const port = effectivePort(url);
  if ((scheme !== 'http' && scheme !== 'https') || url.host.text === '' || port === undefined) return undefined;
  return { scheme, host: url.host.text.toLowerCase(), port, path };
}

/** A path for each place that redirects. */
function pathsOf({ routes, scope }: VirtualHost): string[] {
  const paths = new Set<string>();
  for (const { directive, handler, match: own, parent } of routes) {
    if (handler.kind !== 'redirect') continue;
    const match = directive.key === 'if' ? parent?.match : own;
    const path = match?.kind === 'regex' ? samplePath(match.pattern) : match?.pattern || '/';
    if (path !== undefined && /^\/[\w./~-]*$/.test(path) && paths.size < maxPaths) paths.add(toBytes(path));
  }
  if (scope.own('rewrite').length > 0) paths.add('/');
  return [...paths];
}

/** A name by which the server is asked, one of each kind. */
function hostNames({ names }: VirtualHost): string[] {
  const exact = names.filter(({ kind, text }) => kind === 'exact' && text !== '' && text !== '_').slice(0, 3);
  const wild = names.find(({ kind }) => kind === 'leading-wildcard');
  const all = exact.map(({ text }) => text.toLowerCase());
  if (wild) all.push(`x${wild.text.toLowerCase().replace(/^\*/, '')}`);
  return all.length > 0 ? all : ['host.example'];
}

function urlOf({ scheme, host, port, path }: RequestLine): string {
  return `${scheme}://${hostWithPort(scheme, host, port)}${path}`;
}
