/** httpd's ProxyPass lists, as the rules about them read the routes. */
import { isUnder } from './paths.ts';
import type { Route, VirtualHost } from '../../../model/model.ts';
import { enclosing, type Directive, type Word } from '../../../syntax/tree.ts';
import { holdsWith } from './condition-overlap.ts';

/** True for a ProxyPass or ProxyPassMatch of the server or virtual host; httpd asks them in file order, the first match wins. */
export function isListedPass(route: Route): boolean {
  return (
    route.parent === undefined && (route.directive.key === 'proxypass' || route.directive.key === 'proxypassmatch')
  );
}

/** True for `ProxyPass /path !`. */
export function isExclusion({ directive, handler }: Route): boolean {
  return directive.key.startsWith('proxypass') && handler.kind === 'static';
}

/** The routes that were passed to `add`, to ask which of them takes the requests of another one. */
export class PrefixTable {
  /** Most tables stay empty, and there are some for each of thousands of hosts. */
  #byPrefix: Map<string, Route[]> | undefined;

  add(route: Route): void {
    if (route.match.kind !== 'prefix') return;
    this.#byPrefix ??= new Map();
    const same = this.#byPrefix.get(route.match.pattern);
    if (same) same.push(route);
    else this.#byPrefix.set(route.match.pattern, [route]);
  }

  /** The route with the shortest prefix that takes every request under the path, whenever `directive` holds. */
  covering(path: string, directive: Directive): Route | undefined {
    if (!this.#byPrefix) return undefined;
    for (const prefix of prefixesOf(path)) {
      const found = this.#byPrefix.get(prefix)?.find((route) => holdsWith(route.directive, directive));
      if (found && isUnder(path, prefix)) return found;
    }
    return undefined;
  }
}

/** `/`, `/a`, `/a/`, `/a/b` for `/a/b`. */
function* prefixesOf(path: string): Iterable<string> {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    if (at > 0) yield path.slice(0, at);
    yield path.slice(0, at + 1);
  }
  if (!path.endsWith('/')) yield path;
}

/** The words `key=value` after the URL of a ProxyPass. */
export function parametersOf(directive: Directive, url: Word): readonly Word[] {
  const index = directive.args.indexOf(url);
  return directive.args
    .slice(index + 1)
    .filter((word) => /^[a-z_]+=/i.test(word.value) && !/^mapping=/i.test(word.value));
}

/** True if the directive stands in this virtual host itself, not on the level around it. */
export function isOwn(route: Route, host: VirtualHost): boolean {
  return (
    !host.directive ||
    (route.directive.start >= host.directive.start &&
      route.directive.end <= host.directive.end &&
      route.directive.parent.file === host.directive.parent.file)
  );
}

/** The `<LocationMatch>` or `<Location ~>` around a directive whose pattern is more than a path; not where a `Define` holds it. */
export function patternSection(directive: Directive): Directive | undefined {
  const around = enclosing(directive);
  if (!around) return undefined;
  const isPattern = around.key === 'locationmatch' || (around.key === 'location' && around.args[0]?.value === '~');
  const path = pathOf(around);
  return isPattern && !path.includes('${') && /[\\^$*+?()[\]{}|]/.test(path) ? around : undefined;
}

/**
 * Whether what the request is compared with is a regular expression: that of ProxyPassMatch, behind "~", and the path of a section
 * with wildcards. The pattern of any other section ProxyPass takes for a path as it is written.
 */
export function comparesPattern(directive: Directive): boolean {
  if (directive.key === 'proxypassmatch' || directive.args[0]?.value === '~') return true;
  const around = enclosing(directive);
  return around !== undefined && around.key.startsWith('location') && hasWildcard(pathOf(around));
}

/** `apr_fnmatch_test`. */
export function hasWildcard(path: string): boolean {
  return /^(?:[^\\]|\\[^])*?(?:[?*]|\[[^\]]*\])/.test(path);
}

function pathOf({ args }: Directive): string {
  return args.at(-1)?.value ?? '';
}
