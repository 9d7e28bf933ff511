/** ProxyPassReverse against what is proxied, for the rules about it. */
import type { Route, Scope } from '../../../model/model.ts';
import { enclosing, type Directive, type Word } from '../../../syntax/tree.ts';
import { isListedPass } from './proxy-pass.ts';
import { defaultPort, readUrl, schemeOf } from '../../../model/url.ts';

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
  /** Those with known URLs, by their paths without a slash at the end, and by their URLs: origin and {@link pathOf}. */
  readonly byPath: ReadonlyMap<string, readonly Reverse[]>;
  readonly byUrl: ReadonlyMap<string, readonly Reverse[]>;
}

const known = new WeakMap<Scope, Reverses>();

/** Those that answer for a route: the ones of its virtual host and of the Location it stands in. */
export function reversesOf(scope: Scope): Reverses {
  let reverses = known.get(scope);
  if (!reverses) known.set(scope, (reverses = index(scope.effective('proxypassreverse').flatMap(readReverse))));
  return reverses;
}

function index(all: readonly Reverse[]): Reverses {
  const fixed = all.filter(({ url }) => !/[$%]/.test(url.value));
  return {
    hasUnknown: fixed.length < all.length,
    origins: new Set(all.map(({ origin }) => origin)),
    byPath: groupBy(fixed, ({ path }) => trim(path)),
    byUrl: groupBy(fixed, ({ origin, url }) => origin + pathOf(url.value)),
  };
}

function groupBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
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
