import type { Route, Scope, VirtualHost } from '../../model/model.ts';
import type { TraceRequest } from '../../model/trace.ts';
import { ask } from '../../requests/ask.ts';
import { requestTo } from '../../requests/request-to.ts';
import { samplePath } from '../../regex/sample.ts';
import { toBytes } from '../../text/bytes.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Config } from '../../syntax/config.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { directivesByKey } from '../../syntax/walk.ts';
import { proxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

/** Files are fetched without such a question. */
const protocols = ['http', 'fastcgi', 'uwsgi', 'scgi', 'ajp'] as const;

/** Headers that only answers to such a question have. */
const allowHeader = /^access-control-allow-(?:headers|methods)\b/i;

export default defineRule({
  meta: {
    summary: 'The question that browsers ask before a request of another site is turned away',
    why: 'Before a request with a header or a method of its own, browsers send OPTIONS, without password and cookies, and go on only after a success: the headers for other sites (CORS) that are set here are of no use.',
    how: {
      nginx:
        'Answer OPTIONS before access is looked at, with the same headers: "if ($request_method = OPTIONS) { add_header ...; return 204; }"; name OPTIONS in limit_except.',
      apache: 'Leave OPTIONS out of the access rules: "<LimitExcept OPTIONS>" around the Require lines.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: [{ add_header: allowHeader, more_set_headers: allowHeader }],
      apache: [{ header: allowHeader }],
    },
    references: [
      'https://developer.mozilla.org/en-US/docs/Glossary/Preflight_request',
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
    ],
  },
  messages: {
    refused:
      'The OPTIONS request that comes before one of another site is answered with {{status}} at "{{path}}", with "{{header}}" or without.',
  },
  check(context) {
    const { config, report } = context;
    if (!mayRefuse(config)) return {};
    let left = mostRequests;

    function refusalAt(host: VirtualHost, path: string): Refusal | undefined {
      const asked = requestTo(host, host.listeners[0], toBytes(path), 'OPTIONS');
      if (!asked) return undefined;
      left--;
      const { outcome } = ask(context, preflight(asked));
      if (outcome.kind !== 'response' || ![401, 403, 405].includes(outcome.status)) return undefined;
      // What nobody may ask for is closed on purpose.
      const other = ask(context, { ...preflight(asked), method: 'GET', headers: credentials(asked) }).outcome;
      if (outcome.status === 403 && other.kind === 'response' && other.status === 403) return undefined;
      return { status: outcome.status, path, witness: `${asked.scheme}://${asked.host}${path}` };
    }

    return {
      virtualHost(host) {
        const proxied = host.routes.filter((route) => proxyRoute(route, protocols));
        for (const [header, routes] of groupBy(proxied, ({ scope }) => headerOf(scope))) {
          if (!header) continue;
          const own = routes.filter(({ directive }) => enclosing(header) === directive);
          const paths = (own.length > 0 ? own : routes).flatMap((route) => pathOf(route) ?? []);
          // Where some of those that it is for let the request pass, it is for them.
          if (paths.length === 0 || paths.length > mostRoutes || left <= 0) continue;
          const refusals = paths.map((path) => refusalAt(host, path));
          const first = refusals.every((each) => each !== undefined) ? refusals[0] : undefined;
          if (!first) continue;
          const name = header.args.find(({ value }) => allowHeader.test(value))!.value;
          report({
            message: 'refused',
            at: header,
            data: { status: first.status, header: name.replace(/:.*/s, ''), path: first.path },
            witness: `curl -i -X OPTIONS -H 'Origin: https://other.example' '${first.witness}'`,
          });
        }
      },
    };
  },
});

interface Refusal {
  readonly status: number;
  readonly path: string;
  readonly witness: string;
}

/** More of them are not asked: it costs too much, and some will let the request pass. */
const mostRoutes = 8;
const mostRequests = 200;

/** Whether anything in the config turns requests away. */
function mayRefuse({ file }: Config): boolean {
  const byKey = directivesByKey(file.root);
  const refuses =
    'auth_basic auth_request deny limit_except if return rewrite require order limit limitexcept rewriterule authtype allowmethods redirect';
  return refuses.split(' ').some((key) => byKey.has(key));
}

function headerOf(scope: Scope): Directive | undefined {
  return ['add_header', 'header', 'more_set_headers'].flatMap((key) => scope.effective(key)).find(allowsMore);
}

/** What only reads needs no request before. */
function allowsMore({ args }: Directive): boolean {
  const at = args.findIndex(({ value }) => allowHeader.test(value));
  if (at === -1) return false;
  const rest = args
    .slice(at)
    .map(({ value }) => value)
    .join(' ');
  if (!/^access-control-allow-methods/i.test(args[at]!.value)) return true;
  const methods = rest.replace(/^[\w-]+:?/, '').match(/[A-Z]+/g) ?? [];
  return methods.some((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method)) || /[$*%]/.test(rest);
}

function pathOf({ match }: Route): string | undefined {
  const path = match.kind === 'regex' ? samplePath(match.pattern) : match.kind === 'all' ? '/' : match.pattern;
  return path !== undefined && /^\/[\w./~-]*$/.test(path) ? path : undefined;
}

function preflight(request: TraceRequest): TraceRequest {
  const headers = [
    ...request.headers,
    ['Origin', 'https://other.example'],
    ['Access-Control-Request-Method', 'POST'],
    ['Access-Control-Request-Headers', 'content-type'],
  ] as const;
  return { ...request, headers };
}

function credentials({ headers }: TraceRequest): TraceRequest['headers'] {
  return [...headers, ['Authorization', 'Basic eDp4']];
}
