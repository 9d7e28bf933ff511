import type { Route, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { CoveredPaths } from '../_shared/covered-paths.ts';
import { isNamedLocationUsed } from '../../servers/nginx/meaning/named-locations.ts';
import { comparesPattern, patternSection } from '../../servers/apache/meaning/proxy-pass.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { suspectLevel, suspectMappings } from './_covered-routes.ts';

const messages = {
  covered: 'No request reaches "{{text}}": "{{other}}" takes every path that it matches.',
  preempted: 'No request reaches "{{text}}": "{{other}}" answers every request before a location is looked for.',
  literal:
    'No request reaches this "ProxyPass {{url}}": in <{{section}}> it takes the pattern "{{pattern}}" for a path as it is written.',
  again: 'The named location "{{text}}" stands in this server already; nginx takes the first.',
  unused: 'Nothing leads to the named location "{{text}}".',
} as const;

export default defineRule({
  meta: {
    summary: 'A location, ProxyPass or RewriteRule that no request reaches',
    why: 'Another one takes every request that it could match, so what it says about these paths, access rules too, has no effect.',
    how: {
      nginx:
        'Put the narrower regular expression first, or make a prefix win with "^~" or "=". Remove what is not needed.',
      apache: 'Put the narrower mapping first. Remove what is not needed.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const covered = new CoveredPaths();
      return {
        virtualHost: (host) => checkLocations(context, host, covered),
        end: () => reportCovered(context, covered),
      };
    },
    apache(context) {
      const covered = new CoveredPaths();
      return {
        directives: { proxypass: (directive) => checkPattern(context, directive) },
        virtualHost: (host) => suspectMappings(host, covered, context.config),
        end: () => reportCovered(context, covered),
      };
    },
  },
});

type Context = Pick<RuleContext<typeof messages>, 'config' | 'report'>;

async function reportCovered({ report }: Context, covered: CoveredPaths): Promise<void> {
  for (const { inner, outer, path } of await covered.proven()) {
    report({
      message: 'covered',
      at: inner.directive,
      data: { text: textOf(inner.directive), other: textOf(outer.directive) },
      related: [{ at: outer.directive, message: 'takes the requests' }],
      witness: `curl -i 'http://host${path}'`,
    });
  }
}

function checkLocations(context: Context, host: VirtualHost, covered: CoveredPaths): void {
  checkPreempted(context, host);
  const levels = new Map<Route | undefined, Route[]>();
  const named = new Map<string, Route>();
  for (const route of host.routes) {
    if (route.directive.key !== 'location' || route.preemptedBy) continue;
    if (route.match.kind === 'named') {
      const first = named.get(route.match.pattern);
      if (first) reportAgain(context, route, first);
      else checkNamed(context, route);
      named.set(route.match.pattern, first ?? route);
    }
    const parent = route.parent?.directive.key === 'location' ? route.parent : undefined;
    const level = levels.get(parent);
    if (level) level.push(route);
    else levels.set(parent, [route]);
  }
  const withInner = new Set(levels.keys());
  for (const level of levels.values()) suspectLevel(level, withInner, covered);
}

function checkPreempted({ report }: Context, host: VirtualHost): void {
  const [first, ...others] = host.routes.filter(
    (route) => route.directive.key === 'location' && route.preemptedBy && route.match.kind !== 'named' && !route.parent,
  );
  if (!first) return;
  report({
    message: 'preempted',
    at: first.directive,
    data: { text: textOf(first.directive), other: textOf(first.preemptedBy!) },
    related: [
      { at: first.preemptedBy!, message: 'answers every request' },
      ...others.map(({ directive }) => ({ at: directive, message: 'the same holds here' })),
    ],
    witness: `curl -i 'http://host${first.match.kind === 'regex' ? '/' : first.match.pattern}'`,
  });
}

function reportAgain({ report }: Context, { directive, match }: Route, first: Route): void {
  const related = [{ at: first.directive, message: 'the first is here' }];
  report({ message: 'again', at: directive, data: { text: match.pattern }, related });
}

function checkNamed({ config, report }: Context, route: Route): void {
  if (isNamedLocationUsed(config, route)) return;
  // A backend can name it too, in X-Accel-Redirect.
  report({ message: 'unused', at: route.directive, confidence: 'medium', data: { text: route.match.pattern } });
}

function checkPattern({ report }: Context, directive: Directive): void {
  const url = directive.args[0]?.value ?? '';
  const section = patternSection(directive);
  if (!section || directive.args.length === 0 || comparesPattern(directive)) return;
  report({
    message: 'literal',
    at: directive,
    severity: url === '!' ? 'warning' : 'error',
    data: { url, section: section.name.value, pattern: section.args.at(-1)!.value },
    how: url.includes('$')
      ? 'Write ProxyPassMatch: it compares the pattern, and knows its groups.'
      : 'Use a <Location> with a plain path, or ProxyPassMatch with the groups of the pattern in its URL.',
  });
}

function textOf({ name, args }: Directive): string {
  return [name, ...args].map(({ raw }) => raw).join(' ');
}
