import type { Route, Scope, VirtualHost } from '../../model/model.ts';
import type { TraceRequest } from '../../model/trace.ts';
import { ask } from '../../requests/ask.ts';
import { requestTo } from '../../requests/request-to.ts';
import { samplePath } from '../../regex/sample.ts';
import { toBytes } from '../../text/bytes.ts';
import type { Directive } from '../../syntax/tree.ts';
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
      'The OPTIONS request that comes before one of another site is answered with {{status}} here, with "{{header}}" or without.',
  },
  check(context) {
    const { report } = context;
    const told = new Set<Directive>();

    function check(host: VirtualHost, scope: Scope, path: string | undefined): void {
      const header = ['add_header', 'header', 'more_set_headers']
        .flatMap((key) => scope.effective(key))
        .find(allowsMore);
      if (!header || path === undefined || told.has(header)) return;
      const asked = requestTo(host, host.listeners[0], toBytes(path), 'OPTIONS');
      const outcome = asked && ask(context, preflight(asked)).outcome;
      if (outcome?.kind !== 'response' || ![401, 403, 405].includes(outcome.status)) return;
      told.add(header);
      // What nobody may ask for is closed on purpose.
      const other = ask(context, { ...preflight(asked!), method: 'GET', headers: credentials(asked!) }).outcome;
      if (outcome.status === 403 && other.kind === 'response' && other.status === 403) return;
      const name = header.args.find(({ value }) => allowHeader.test(value))!.value;
      report({
        message: 'refused',
        at: header,
        data: { status: outcome.status, header: name.replace(/:.*/s, '') },
        witness: `curl -i -X OPTIONS -H 'Origin: https://other.example' '${asked!.scheme}://${asked!.host}${path}'`,
      });
    }

    return {
      virtualHost(host) {
        for (const route of host.routes) if (proxyRoute(route, protocols)) check(host, route.scope, pathOf(route));
      },
    };
  },
});

function allowsMore({ args }: Directive): boolean {
  return args.some(({ value }) => allowHeader.test(value));
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
