import { unknown, type ProxyProtocol, type Target, type Unknown, type Upstream } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { isFilledIn } from '../../../text/template/placeholder.ts';

/** The directives that hand a request to a backend, with the protocol they speak. */
export const passDirectives: Readonly<Record<string, ProxyProtocol>> = {
  proxy_pass: 'http',
  fastcgi_pass: 'fastcgi',
  uwsgi_pass: 'uwsgi',
  scgi_pass: 'scgi',
  grpc_pass: 'grpc',
  memcached_pass: 'memcached',
};

/** Where a `*_pass` directive sends the request; undefined without an argument. */
export function targetOf(directive: Directive, upstreams: ReadonlyMap<string, Upstream>): Target | undefined {
  const word = directive.args[0];
  if (!word) return undefined;
  const url = splitUrl(word.value);
  const scheme = known(url.scheme) ?? (directive.key === 'grpc_pass' ? 'grpc' : 'http');
  if (url.authority.startsWith('unix:')) return unixTarget(word, scheme, url.authority);
  const path = url.path === '' ? undefined : known(url.path);
  const split = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(url.authority);
  const host = known(split?.[1] ?? url.authority)!;
  const port = split?.[2] === undefined ? undefined : /^\d+$/.test(split[2]) ? Number(split[2]) : unknown;
  const upstream = host === unknown || port !== undefined ? undefined : upstreams.get(host);
  return { word, scheme, host, port: upstream ? undefined : port, path, upstream };
}

function unixTarget(word: Word, scheme: string | Unknown, authority: string): Target {
  const end = authority.indexOf(':', 'unix:'.length);
  const host = end === -1 ? authority : authority.slice(0, end);
  const path = end === -1 ? undefined : authority.slice(end + 1);
  return { word, scheme, host: known(host)!, port: undefined, path: path && known(path), upstream: undefined };
}

function splitUrl(text: string): { scheme: string | undefined; authority: string; path: string } {
  const mark = text.indexOf('://');
  const hasScheme = mark > 0 && !text.slice(0, mark).includes('/');
  const rest = hasScheme ? text.slice(mark + 3) : text;
  // Without a scheme and beginning with a variable, the variable may hold all of it.
  const scheme = hasScheme ? text.slice(0, mark) : text.startsWith('$') ? text : undefined;
  if (rest.startsWith('unix:')) return { scheme, authority: rest, path: '' };
  const end = rest.search(/[/?#]/);
  return { scheme, authority: end === -1 ? rest : rest.slice(0, end), path: end === -1 ? '' : rest.slice(end) };
}

function known(text: string | undefined): string | Unknown | undefined {
  return text !== undefined && isFilledIn(text) ? unknown : text;
}
