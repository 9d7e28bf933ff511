/** Scripts below a guarded path that a location for their ending takes, which has no guard. */
import type { Route, VirtualHost } from '../../model/model.ts';
import { guardCertainty, hasGuard } from '../../servers/nginx/meaning/access.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';

export interface Escape {
  /** The location that takes the scripts. */
  readonly scripts: Route;
  /** The directives that guard paths which it takes scripts away from, each with the location it stands in. */
  readonly guards: readonly { readonly path: string; readonly directive: Directive }[];
}

export function escapedScripts({ routes }: VirtualHost): Escape[] {
  const outer = routes.filter(({ directive, parent }) => directive.key === 'location' && !parent);
  const patterns = outer.filter(({ match }) => match.kind === 'regex');
  const scripts = patterns.filter((route) => takesScripts(route) && isOpen(route));
  if (scripts.length === 0 || patterns.length > mostPatterns) return [];
  const guards = outer.flatMap(guardOf).filter(({ path }) => !patterns.some((route) => isForPath(route, path)));
  return guards.length === 0 ? [] : scripts.map((route) => ({ scripts: route, guards }));
}

/** Each is held against each guarded path. */
const mostPatterns = 50;

/** A prefix whose clients are asked or turned away, and below which regular expressions of the server are looked at. */
function guardOf({ match, scope, directive, internal, preemptedBy }: Route) {
  if (match.kind !== 'prefix' || internal || preemptedBy || /\.\w+$/.test(match.pattern)) return [];
  // Regular expressions within the location are asked first.
  if (childrenNamed(directive.block, 'location').some(({ args }) => args[0]?.value.startsWith('~'))) return [];
  const own = [...scope.own('auth_basic'), ...scope.own('auth_request'), ...scope.own('deny')];
  const guard = own.find((each) => !isOff(each) && (each.key !== 'deny' || each.args[0]?.value === 'all'));
  return guard ? [{ path: match.pattern, directive: guard }] : [];
}

/** `\.php$` wherever it stands in the path. */
function takesScripts({ match, handler, internal, preemptedBy }: Route): boolean {
  if (match.kind !== 'regex' || internal || preemptedBy || handler.kind !== 'proxy') return false;
  return (
    !match.pattern.startsWith('^/') && /\\\.(?:php|cgi|pl|py)(?:\$|\(\/\|\$\)|\(\?:\/\|\$\))?$/.test(match.pattern)
  );
}

function isOpen({ scope }: Route): boolean {
  return !hasGuard(scope) && scope.own('if').length === 0 && guardCertainty(scope) !== 'unread';
}

/** Another expression that names the path: it may be asked first, and say what holds there. */
function isForPath({ match }: Route, path: string): boolean {
  const name = path.replace(/^\//, '').replace(/\/$/, '');
  return name !== '' && match.pattern.includes(name);
}
