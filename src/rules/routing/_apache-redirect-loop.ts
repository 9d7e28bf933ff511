/** The redirects of httpd that nothing but the path decides about. */
import type { Model, Route, VirtualHost } from '../../model/model.ts';
import { effectivePort, readUrl } from '../../model/url.ts';
import { samplePath } from '../../regex/sample.ts';
import { flagList } from '../../servers/apache/meaning/rewrite.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { enclosing, headerOf, type Directive, type Word } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';

export interface PlainRedirect {
  readonly directive: Directive;
  readonly to: Word;
  /** One that it takes. */
  readonly path: string;
}

/** The plain redirects of a config; those that lead nowhere near another one need not be followed. */
export class PlainRedirects {
  readonly #places = new Set<string>();
  /** `name:port` of the virtual hosts that have some. */
  readonly #hosts = new Set<string>();

  constructor({ virtualHosts }: Model) {
    for (const host of virtualHosts) {
      const redirects = plainRedirects(host);
      for (const { directive } of redirects) this.#places.add(keyOf(headerOf(directive)));
      for (const { text } of redirects.length > 0 ? host.names : [])
        for (const { port } of host.listeners) this.#hosts.add(`${text.toLowerCase()}:${String(port)}`);
    }
  }

  /** Whether nothing but the path decides about the redirect at a place. */
  has(at: Place): boolean {
    return this.#places.has(keyOf(at));
  }

  mayMeetAnother({ to }: PlainRedirect): boolean {
    const url = readUrl(to.value);
    const port = effectivePort(url);
    const isKnown = url.authority.isFixed && url.host.text !== '' && port !== undefined;
    return !isKnown || this.#hosts.has(`${url.host.text.toLowerCase()}:${port}`);
  }
}

/** `Redirect` or `RewriteRule` [R] of a virtual host with no condition. */
export function plainRedirects(host: VirtualHost): PlainRedirect[] {
  const passing = host.scope.own('rewriterule').find((rule) => leadsPast(rule));
  return host.routes.flatMap((route) => {
    const { directive, handler, parent, preemptedBy } = route;
    if (handler.kind !== 'redirect' || !handler.to || parent || preemptedBy) return [];
    if (!holdsWith(directive, host.directive)) return [];
    const path = directive.key === 'rewriterule' ? sampleOf(route, passing) : prefixOf(route);
    return path === undefined ? [] : [{ directive, to: handler.to, path }];
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

/** Of a place: the file and where it begins there. */
export function keyOf({ file, start }: Place): string {
  return `${file.path} ${start}`;
}
