import type { Route, VirtualHost } from '../../model/model.ts';
import { namedLocation } from '../../servers/nginx/meaning/route-index.ts';
import { samplePath } from '../../regex/sample.ts';
import { toBytes } from '../../text/bytes.ts';
import type { Trace } from '../../model/trace.ts';
import type { Place } from '../../text/source.ts';
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { ask } from '../../requests/ask.ts';
import { curlOf, requestTo } from '../../requests/request-to.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';
import { directoryLoops } from './_htaccess-loops.ts';

const messages = {
  loops: 'A request for "{{path}}" is rewritten again and again, and answered with 500 after ten rounds.',
  named: 'What is no file is answered with 500: "try_files" of "{{name}}" leads back to it, and nginx gives up.',
  directory:
    'Every request is answered with 500: "{{from}}" becomes "{{to}}", which this rule takes again, until httpd gives up after ten rounds.',
} as const;

export default defineRule({
  meta: {
    summary: 'A rewrite, or a fallback for what is no file, leads back to the location or directory that it stands in',
    why: 'After "last", and without a flag, nginx looks for a location again; when it finds this one and the rewrite matches once more, it gives up after ten rounds and answers 500. httpd begins anew with the rules of the directory, also behind [L]: "AH00124: Request exceeded the limit of 10 internal redirects".',
    how: {
      nginx: 'Use the flag "break" to stay in the location, or leave the rewritten paths out of the expression.',
      apache:
        'Leave out what is there already, "RewriteCond %{REQUEST_FILENAME} !-f" or "RewriteRule ^index\\.php - [L]" before it, or use the flag END.',
    },
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['rewrite', { try_files: /^@/ }], apache: ['rewriterule'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite',
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_l',
    ],
  },
  messages,
  check: { nginx: checkNginx, apache: checkApache },
});

function checkApache({ config, report }: RuleContext<typeof messages>): Visitor {
  const rules: Directive[] = [];
  return {
    directives: { rewriterule: (directive) => void rules.push(directive) },
    end() {
      for (const { rule, from, to, isElsewhere } of directoryLoops(config, rules)) {
        const doubt = isElsewhere ? ({ severity: 'warning', confidence: 'medium' } as const) : {};
        report({ message: 'directory', at: rule, data: { from, to }, ...doubt });
      }
    },
  };
}

function checkNginx(context: RuleContext<typeof messages>): Visitor {
  const { report } = context;
  const seen = new Set<string>();
  let asked = { virtualHost: undefined as VirtualHost | undefined, count: 0 };

  function check(route: Route): void {
    const rewrites = route.scope.own('rewrite').filter(({ args }) => args.length === 2 || args[2]?.value === 'last');
    for (const rewrite of rewrites) {
      for (const path of candidates(route, rewrite)) {
        const { virtualHost } = route;
        if (asked.virtualHost !== virtualHost) asked = { virtualHost, count: 0 };
        if (asked.count++ >= maxRequests) return;
        const request = requestTo(virtualHost, virtualHost.listeners[0], toBytes(path));
        const at = request && lastRewrite(ask(context, request));
        const key = at && `${at.file.path} ${at.start}`;
        if (!at || seen.has(key!)) continue;
        seen.add(key!);
        // The rest of a server that is not seen may hold the location for the rewritten path: that of the scripts, as a rule.
        const isPiece = virtualHost.directive === undefined || virtualHost.scope.open;
        if (isPiece && leadsToFile.test(rewrite.args[1]?.value ?? '')) break;
        const doubt = isPiece ? ({ severity: 'warning', confidence: 'low' } as const) : {};
        report({ message: 'loops', at, data: { path }, witness: curlOf(request), ...doubt });
        break;
      }
    }
  }

  return {
    virtualHost: (host) => checkNamed(context, host),
    route(route) {
      const isOpen = !route.preemptedBy && !route.internal;
      if (route.directive.key === 'location' && route.match.kind !== 'named' && isOpen) check(route);
    },
  };
}

/** Named locations whose fallbacks go round in a circle: the URI stays the same, and so does what is no file. */
function checkNamed({ report }: RuleContext<typeof messages>, host: VirtualHost): void {
  const walked = new Set<Route>();
  for (const start of host.routes) {
    if (start.match.kind !== 'named') continue;
    const passed = new Set<Route>();
    let at: Route | undefined = start;
    while (at && !passed.has(at) && !walked.has(at)) {
      passed.add(at);
      at = fallbackOf(at, host);
    }
    for (const route of passed) walked.add(route);
    if (!at || !passed.has(at)) continue;
    const way = [...passed];
    const circle = way.slice(way.indexOf(at)).sort((one, other) => one.directive.start - other.directive.start);
    const [tries] = circle[0]!.scope.own('try_files');
    report({ message: 'named', at: tries!, data: { name: circle[0]!.match.pattern } });
  }
}

/** The named location that takes what `try_files` does not find; undefined where something else may answer before. */
function fallbackOf({ scope, directive }: Route, host: VirtualHost): Route | undefined {
  const last = scope.own('try_files').at(-1)?.args.at(-1)?.value;
  const isMoved = ['rewrite', 'return', 'if', 'set'].some((key) => childrenNamed(directive.block, key).length > 0);
  return last?.startsWith('@') && !isMoved ? namedLocation(host, last) : undefined;
}

const leadsToFile = /\.\w+(?:\?|$)/;

/** To one virtual host: each may be compared with every expression in it. */
const maxRequests = 1000;

/** Paths that the location and its rewrite may match; each is played, so that a wrong one does no harm. */
function candidates({ match }: Route, rewrite: Directive): readonly string[] {
  const own = match.kind === 'regex' ? samplePath(match.pattern) : match.pattern;
  const matched = samplePath(rewrite.args[0]?.value ?? '');
  const all = [own, own === undefined || match.kind === 'exact' ? undefined : `${own}x`, matched];
  return all.filter((path) => path !== undefined && isPlain(path)) as string[];
}

/** What a shell and a request line take as it stands. */
function isPlain(path: string): boolean {
  return /^\/[\w./~-]*$/.test(path) && !/\/\/|\/\.\.?(?:\/|$)/.test(path);
}

/** The rewrite after which nginx gave up. */
function lastRewrite({ steps }: Trace): Place | undefined {
  if (!steps.some(({ does }) => does === 'give-up')) return undefined;
  return steps.findLast(({ does }) => does === 'rewrite')?.place;
}
