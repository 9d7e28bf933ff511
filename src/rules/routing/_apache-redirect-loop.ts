/** The redirects of httpd that nothing but the path decides about. */
import type { Route, VirtualHost } from '../../model/model.ts';
import { samplePath } from '../../regex/sample.ts';
import { flagList } from '../../servers/apache/meaning/rewrite.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';

export interface PlainRedirect {
  readonly directive: Directive;
  /** One that it takes. */
  readonly path: string;
}

/** `Redirect` or `RewriteRule` [R] of a virtual host with no condition. */
export function plainRedirects(host: VirtualHost): PlainRedirect[] {
  const passing = host.scope.own('rewriterule').find((rule) => leadsPast(rule));
  return host.routes.flatMap((route) => {
    const { directive, handler, parent, preemptedBy } = route;
    if (handler.kind !== 'redirect' || !handler.to || parent || preemptedBy) return [];
    if (!holdsWith(directive, host.directive)) return [];
    const path = directive.key === 'rewriterule' ? sampleOf(route, passing) : prefixOf(route);
    return path === undefined ? [] : [{ directive, path }];
  });
}

function prefixOf({ directive, match }: Route): string | undefined {
  return match.kind === 'prefix' && /^redirect(?:permanent|temp)?$/.test(directive.key) ? match.pattern : undefined;
}

/** `passing`: the first rule of the host after which others may be left out. */
function sampleOf({ directive, match, conditions }: Route, passing: Directive | undefined): string | undefined {
  const isPlain = conditions.length === 0 && match.kind === 'regex' && enclosing(directive)?.key === 'virtualhost';
  const mayBePassed = passing !== undefined && passing.start < directive.start;
  return isPlain && !mayBePassed ? samplePath(match.pattern) : undefined;
}

/** A rule after which the next ones may be left out. */
function leadsPast({ args }: Directive): boolean {
  return flagList(args[2]?.value ?? '').some(([name]) => ['l', 'end', 's', 'c', 'n'].includes(name));
}
