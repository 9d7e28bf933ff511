import type { Route, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { CoveredPaths } from '../_shared/covered-paths.ts';
import { isNamedLocationUsed } from '../../servers/nginx/meaning/named-locations.ts';
import type { RuleContext } from '../define-rule.ts';
import { suspectLevel } from './_covered-routes.ts';

export const messages = {
  covered: 'No request reaches "{{text}}": "{{other}}" takes every path that it matches.',
  preempted: 'No request reaches "{{text}}": "{{other}}" answers every request before a location is looked for.',
  plain:
    'No request reaches "{{text}}": this server speaks no TLS, so that "{{other}}" holds for every request and answers it.',
  literal:
    'No request reaches this "ProxyPass {{url}}": in <{{section}}> it takes the pattern "{{pattern}}" for a path as it is written.',
  again: 'The named location "{{text}}" stands in this server already; nginx takes the first.',
  unused: 'Nothing leads to the named location "{{text}}".',
} as const;

export type Context = Pick<RuleContext<typeof messages>, 'config' | 'report'>;

export function checkLocations(context: Context, host: VirtualHost, covered: CoveredPaths): void {
  checkPreempted(context, host);
  checkPlain(context, host);
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

/** A redirect of whatever is no HTTPS, in a server of plain HTTP: behind something that ends TLS it is a redirect without end. */
function checkPlain({ report }: Context, { directive, routes, listeners, tls }: VirtualHost): void {
  if (!directive || tls.enabled !== false || listeners.length === 0 || listeners.some((each) => each.tls || each.http3))
    return;
  const answers = routes.find(
    ({ directive: { key }, parent, match }) => key === 'if' && !parent && ofPlainHttp.test(match.pattern),
  );
  const first = routes.find(
    ({ directive: { key }, parent, match }) => key === 'location' && !parent && match.kind !== 'named',
  );
  if (!answers || !first || first.preemptedBy || isPassedOver(answers.directive)) return;
  report({
    message: 'plain',
    at: first.directive,
    data: { text: textOf(first.directive), other: textOf(answers.directive) },
    why: 'The locations of this server have no effect. If something in front of it ends TLS, its requests are redirected without end.',
    how: 'Ask what the server in front says, "$http_x_forwarded_proto", or leave the locations out.',
    related: [{ at: answers.directive, message: 'answers every request' }],
  });
}

const ofPlainHttp =
  /^\( ?["']?\$(?:scheme["']? (?:= ["']?http|!= ["']?https)|https["']? (?:= ["']?|!= ["']?on))["']? ?\)$/;

/** Whether something before it ends the rewriting of the server. */
function isPassedOver(condition: Directive): boolean {
  const { directives } = condition.parent;
  const before = directives.slice(0, directives.indexOf(condition));
  return before.some(({ key }) => key === 'rewrite' || key === 'break' || key === 'if' || key === 'return');
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

export function textOf({ name, args }: Directive): string {
  return [name, ...args].map(({ raw }) => raw).join(' ');
}
