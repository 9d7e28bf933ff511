import { unknown, type Route, type VirtualHost } from '../../model/model.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { flagList } from '../../servers/apache/meaning/rewrite.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { samplePath } from '../../regex/sample.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { isUnder } from '../../servers/apache/meaning/paths.ts';
import { effectivePort, isHttpUrl, isTlsScheme, readUrl } from '../../model/url.ts';

/** A redirect that leads back to itself: of which URL, and what it says. */
interface Loop {
  readonly directive: Directive;
  readonly from: string;
  readonly to: string;
}

/** `Redirect` or `RewriteRule` [R] to a URL of the same virtual host that it takes again, with no condition. */
export function apacheLoops(host: VirtualHost): Loop[] {
  const passing = host.scope.own('rewriterule').find((rule) => leadsPast(rule));
  return host.routes.flatMap((route) => loopOf(route, host, passing) ?? []);
}

/** `passing`: the first rule of the host after which others may be left out. */
function loopOf(route: Route, host: VirtualHost, passing: Directive | undefined): Loop | undefined {
  const { directive, handler, parent, preemptedBy } = route;
  if (handler.kind !== 'redirect' || !handler.to || parent || preemptedBy) return undefined;
  if (!holdsWith(directive, host.directive)) return undefined;
  const start = directive.key === 'rewriterule' ? sampleOf(route, passing) : prefixOf(route);
  const target = start !== undefined && targetOf(route, handler.to.value, start);
  if (start === undefined || !target || !isHttpUrl(target)) return undefined;
  const url = readUrl(target);
  const scheme = url.scheme!.text.toLowerCase();
  const isTls = isTlsScheme(scheme);
  const port = effectivePort(url);
  // Something in front may end TLS and forward to another port; a port that is written out is this one.
  const speaksTls = url.port === undefined ? host.overTls : host.tls.enabled;
  const isHere = speaksTls === isTls && host.listeners.some((listener) => listener.port === port);
  const name = host.names.find(
    ({ kind, text }) => kind === 'exact' && text.toLowerCase() === url.host.text.toLowerCase(),
  );
  if (!isHere || !name || host.listeners.some((listener) => listener.port === unknown)) return undefined;
  const path = url.pathAndQuery.text || '/';
  if (!takesAgain(route, path) || host.routes.some((other) => other.directive !== directive && mayTake(other, path)))
    return undefined;
  const from = `${scheme}://${name.text}${url.port ? `:${port}` : ''}${start}`;
  return { directive, from, to: handler.to.value };
}

function prefixOf({ directive, match }: Route): string | undefined {
  return match.kind === 'prefix' && /^redirect(?:permanent|temp)?$/.test(directive.key) ? match.pattern : undefined;
}

/** A path that the rule takes; undefined where something else decides too. */
function sampleOf({ directive, match, conditions }: Route, passing: Directive | undefined): string | undefined {
  const isPlain = conditions.length === 0 && match.kind === 'regex' && enclosing(directive)?.key === 'virtualhost';
  const mayBePassed = passing !== undefined && passing.start < directive.start;
  return isPlain && !mayBePassed ? samplePath(match.pattern) : undefined;
}

/** A rule after which the next ones may be left out. */
function leadsPast({ args }: Directive): boolean {
  return flagList(args[2]?.value ?? '').some(([name]) => ['l', 'end', 's', 'c', 'n'].includes(name));
}

/** Where a request for the path is sent; undefined where that is not known. */
function targetOf({ directive, match, virtualHost: host }: Route, written: string, start: string): string | undefined {
  if (directive.key !== 'rewriterule') return /[$%?#]/.test(written) ? undefined : written;
  const groups = compilePcre(match.pattern, match.caseInsensitive, true)?.match(start);
  if (!groups || groups === unknown) return undefined;
  const target = written
    .replaceAll('%{REQUEST_URI}', start)
    .replaceAll(/%\{(?:HTTP_HOST|SERVER_NAME)\}/g, host.names.find(({ kind }) => kind === 'exact')?.text ?? '%')
    .replaceAll(/\$(\d)/g, (_, number: string) => groups[Number(number)] ?? '');
  return /[$%?#]/.test(target) ? undefined : target;
}

/** True if the redirect takes its own target: for good, since what it adds to a path it adds again. */
function takesAgain(route: Route, path: string): boolean {
  const { directive, match, handler } = route;
  if (directive.key !== 'rewriterule') return isUnder(path, match.pattern);
  const regex = compilePcre(match.pattern, match.caseInsensitive, true);
  let next = path;
  for (let hop = 0; hop < hops; hop++) {
    if (regex?.matches(next) !== true || handler.kind !== 'redirect' || !handler.to) return false;
    const target = targetOf(route, handler.to.value, next);
    if (target === undefined) return false;
    next = readUrl(target).pathAndQuery.text || '/';
  }
  return true;
}

const hops = 3;

/** Another mapping that the target may meet instead. Files come after redirects. */
function mayTake({ handler, match }: Route, path: string): boolean {
  if (handler.kind === 'static' || handler.kind === 'unknown') return false;
  return match.kind !== 'prefix' || isUnder(path, match.pattern);
}
