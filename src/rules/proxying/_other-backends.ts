/** A rule to ws:// that sends the WebSockets of every path to one backend, though others have some of the paths. */
import type { Route } from '../../model/model.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { backendName } from '../_shared/backends.ts';
import type { RuleContext } from '../define-rule.ts';
import { asksForMore, isPathElsewhere } from './_upgrade-rules.ts';

export const messages = {
  afterCatchAll:
    'No WebSocket request reaches this rule: the rule to "{{target}}" comes before it, takes them all and has no condition.',
  afterUnconditional:
    'No request reaches this rule: the rule to "{{target}}" comes before it, has the same pattern and no condition, and takes them all.',
  missingCondition: 'This rule sends every request to "{{target}}", also those that ask for no WebSocket.',
  missingPath:
    'This rule sends every WebSocket request to "{{target}}" whatever its path: the matched path is not handed on.',
  otherBackend:
    'WebSockets of every path go to "{{target}}", those of "{{path}}" too, whose other requests go to "{{other}}".',
} as const;

type Context = Pick<RuleContext<typeof messages>, 'report'>;

/** Paths that another backend has for the rest of their requests. */
export function checkOthers({ report }: Context, route: Route, all: readonly Route[]): void {
  if (route.conditions.some(asksForMore) || route.handler.kind !== 'proxy') return;
  const { target } = route.handler;
  const other = all.find((each) => isPathElsewhere(each, target) && holdsWith(each.directive, route.directive));
  if (other?.handler.kind !== 'proxy') return;
  report({
    message: 'otherBackend',
    at: route.directive,
    confidence: 'medium',
    data: { target: backendName(target), path: other.match.pattern, other: backendName(other.handler.target) },
    related: [{ at: other.directive, message: 'the other backend' }],
  });
}
