/** The ProxyPass lines of httpd that a ProxyPassReverse may belong to. */
import type { Route, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import {
  pathOf,
  prefixPass,
  redirectOrigin,
  trim,
  type Reverse,
} from '../../servers/apache/meaning/proxy-pass-reverse.ts';

export type Pass = NonNullable<ReturnType<typeof prefixPass>>;

export interface Mapped {
  readonly reverse: Reverse;
  /** A redirect of the backend. */
  readonly from: string;
  /** What it becomes. */
  readonly to: string;
  /** The path under which clients find its target. */
  readonly meant: string;
}

export function passOf({ handler, directive }: Route): Directive {
  return handler.kind === 'proxy' ? handler.directive : directive;
}

/** True if the path is proxied to the URL, or it cannot be told where to. */
export function leadsTo(host: VirtualHost, path: string, url: string): boolean {
  const { hasOther, byPath } = passesOf(host);
  if (hasOther) return true;
  for (let end = path.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1)) {
    const rest = path.slice(end);
    const targets = byPath.get(path.slice(0, end)) ?? [];
    if (targets.some((target) => redirectOrigin(target) + pathOf(target) + rest === url)) return true;
  }
  return false;
}

interface Passes {
  /** Whether there is one whose paths cannot be told from a prefix. */
  readonly hasOther: boolean;
  /** The URLs that the paths are proxied to, without a slash at the end of the path. */
  readonly byPath: ReadonlyMap<string, readonly string[]>;
}

const passes = new WeakMap<VirtualHost, Passes>();

function passesOf(host: VirtualHost): Passes {
  let found = passes.get(host);
  if (!found) {
    const byPath = new Map<string, string[]>();
    let hasOther = false;
    for (const route of host.routes) {
      if (route.handler.kind !== 'proxy') continue;
      const pass = prefixPass(route);
      if (!pass) hasOther ||= route.match.kind !== 'prefix';
      else {
        const path = trim(pass.path);
        const same = byPath.get(path);
        if (same) same.push(pass.url.value);
        else byPath.set(path, [pass.url.value]);
      }
    }
    passes.set(host, (found = { hasOther, byPath }));
  }
  return found;
}
