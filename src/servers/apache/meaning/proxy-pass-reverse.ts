/** ProxyPassReverse against what is proxied, for the rules about it. */
import type { Route, Scope, VirtualHost } from '../../../model/model.ts';
import { enclosing, type Directive, type Word } from '../../../syntax/tree.ts';
import { isListedPass } from './proxy-pass.ts';
import { readUrl } from '../../../model/url.ts';
import { defaultPort, schemeOf } from '../../../model/scheme.ts';
import { groupBy } from '../../../text/group-by.ts';

/** One `ProxyPassReverse [path] url`. */
export interface Reverse {
  readonly directive: Directive;
  readonly path: string;
  readonly url: Word;
  readonly origin: string;
}

/** Those of one scope, for many questions about them. */
export interface Reverses {
  /** With a text that is known only with the request, in the URL. */
  readonly hasUnknown: boolean;
  readonly origins: ReadonlySet<string>;
  /** Those with known URLs, by their paths without a slash at the end. */
  readonly byPath: ReadonlyMap<string, readonly Reverse[]>;
  /** The first of those with known URLs for each URL in the form of {@link comparable}, with its place among them. */
  readonly first: ReadonlyMap<string, { readonly reverse: Reverse; readonly order: number }>;
  /** The lengths of the keys of `first`. */
  readonly lengths: ReadonlySet<number>;
}

const known = new WeakMap<Scope, Reverses>();

/** Those that answer for a route: the ones of its virtual host and of the Location it stands in. */
export function reversesOf(scope: Scope): Reverses {
  let reverses = known.get(scope);
  if (!reverses) known.set(scope, (reverses = index(scope.effective('proxypassreverse').flatMap(readReverse))));
  return reverses;
}

/** As {@link reversesOf}, with those of a Location for what is below the path of the route: `/app/` for `/app`. */
export function reversesBelow(route: Route): Reverses {
  const { pattern } = route.match;
  return reversesOf(locationsOf(route.virtualHost).get(`${trim(pattern)}/`) ?? route.scope);
}

const locations = new WeakMap<VirtualHost, ReadonlyMap<string, Scope>>();

/** The scopes of the Location sections of a virtual host by their paths, where these end with a slash. */
function locationsOf(host: VirtualHost): ReadonlyMap<string, Scope> {
  let found = locations.get(host);
  if (!found) {
    const below = host.routes.filter(({ directive: { key }, match: { kind, pattern } }) => {
      return key.startsWith('location') && kind === 'prefix' && pattern.endsWith('/');
    });
    locations.set(host, (found = new Map(below.map(({ match, scope }) => [match.pattern, scope]))));
  }
  return found;
}

/**
 * What `ap_proxy_location_reverse_map` makes of a redirect: the first URL that it begins with is replaced by its path; a path in
 * place of a URL is compared with the path of the redirect, whatever its host. Undefined where none is.
 */
export function mapBack({ first, lengths }: Reverses, url: string): { to: string; reverse: Reverse } | undefined {
  let found: { reverse: Reverse; order: number; to: string } | undefined;
  const texts = [originOf(url) + readUrl(url).pathAndQuery.text, readUrl(url).pathAndQuery.text];
  for (const text of texts) {
    for (const length of lengths) {
      const entry = length <= text.length ? first.get(text.slice(0, length).toLowerCase()) : undefined;
      if (entry && (!found || entry.order < found.order))
        found = { ...entry, to: entry.reverse.path + text.slice(length) };
    }
  }
  return found;
}

/** A URL with its usual port left out, or a path, without regard to case, as httpd compares them. */
function comparable({ value }: Word): string {
  return (value.startsWith('/') ? value : originOf(value) + readUrl(value).pathAndQuery.text).toLowerCase();
}

function index(all: readonly Reverse[]): Reverses {
  const fixed = all.filter(({ url }) => !/[$%]/.test(url.value));
  const first = new Map<string, { reverse: Reverse; order: number }>();
  for (const [order, reverse] of fixed.entries()) {
    const key = comparable(reverse.url);
    if (!first.has(key)) first.set(key, { reverse, order });
  }
  return {
    first,
    lengths: new Set([...first.keys()].map(({ length }) => length)),
    hasUnknown: fixed.length < all.length,
    origins: new Set(all.map(({ origin }) => origin)),
    byPath: groupBy(fixed, ({ path }) => trim(path)),
  };
}

/** Without a slash at the end. */
export function trim(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}

/** The path of a URL, without a slash at the end. */
export function pathOf(url: string): string {
  return trim(readUrl(url).pathAndQuery.text);
}

function readReverse(directive: Directive): Reverse[] {
  const [first, second] = directive.args;
  const around = enclosing(directive);
  const location = around?.key.startsWith('location') ? around.args.at(-1)?.value : undefined;
  const [path, url] = location === undefined ? [first?.value, second] : [location, first];
  return path === undefined || !url ? [] : [{ directive, path, url, origin: originOf(url.value) }];
}

/** A mapping of a path prefix to a URL whose redirects must be mapped back; undefined for anything else. */
export function prefixPass(route: Route): { readonly path: string; readonly url: Word } | undefined {
  const { handler, match, directive } = route;
  if (handler.kind !== 'proxy' || handler.directive.key !== 'proxypass' || match.kind !== 'prefix') return undefined;
  if (!isListedPass(route) && directive.key !== 'location') return undefined;
  const { word } = handler.target;
  const scheme = schemeOf(word.value);
  if (scheme === undefined || !mapped.has(scheme) || /[$%]/.test(word.value)) return undefined;
  return { path: match.pattern, url: word };
}

const mapped: ReadonlySet<string> = new Set(['http', 'https', 'h2', 'h2c', 'balancer']);

/** The origin that redirects of a target carry: HTTP/2 to a backend has schemes of its own, which no URL of a client knows. */
export function redirectOrigin(target: string): string {
  return originOf(target.replace(/^h2:/i, 'https:').replace(/^h2c:/i, 'http:'));
}

/** `http://host:port` in lower case, without the port that the scheme implies. */
export function originOf(text: string): string {
  const { scheme, host, port } = readUrl(text);
  const name = scheme?.text.toLowerCase() ?? '';
  const isUsual = port !== undefined && Number(port.text) === defaultPort(name);
  return `${name}://${host.text.toLowerCase()}${port && !isUsual ? `:${port.text.toLowerCase()}` : ''}`;
}
