import { unknown, type Target, type Unknown, type Upstream } from '../../../model/model.ts';
import { readUrl, type Url, type UrlPart } from '../../../model/url.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { passDirectives } from './pass.ts';

/**
 * Where a `*_pass` directive sends the request; undefined without an argument. `constant`: what its variables always hold; a path in it takes
 * no location's place, so that it is not known.
 */
export function targetOf(
  directive: Directive,
  upstreams: ReadonlyMap<string, Upstream>,
  constant?: string,
): Target | undefined {
  const word = directive.args[0];
  if (!word) return undefined;
  if (constant !== undefined) {
    const target = targetAt(directive, word, constant, upstreams);
    return { ...target, path: target.path === undefined ? undefined : unknown };
  }
  return targetAt(directive, word, word.value, upstreams);
}

function targetAt(directive: Directive, word: Word, text: string, upstreams: ReadonlyMap<string, Upstream>): Target {
  const url = readUrl(text);
  const scheme = schemeOf(url, passDirectives.get(directive.key)?.schemes[0] ?? 'http');
  const path = url.pathAndQuery.text === '' ? undefined : known(url.pathAndQuery);
  if (url.socket)
    return { word, scheme, host: socketHost(url, url.socket), port: undefined, path, upstream: undefined };
  const host = known(url.host);
  const port = portOf(url.port);
  const upstream = host === unknown || port !== undefined ? undefined : upstreams.get(host);
  return { word, scheme, host, port: upstream ? undefined : port, path, upstream };
}

/** Without a scheme and beginning with a variable, the variable may hold all of it. */
function schemeOf({ scheme, authority }: Url, usual: string): string | Unknown {
  if (scheme) return known(scheme);
  return authority.text.startsWith('$') ? unknown : usual;
}

function socketHost({ authority }: Url, socket: UrlPart): string | Unknown {
  return socket.isFixed ? authority.text : unknown;
}

function portOf(port: UrlPart | undefined): number | Unknown | undefined {
  if (!port) return undefined;
  return /^\d+$/.test(port.text) ? Number(port.text) : unknown;
}

function known({ text, isFixed }: UrlPart): string | Unknown {
  return isFixed ? text : unknown;
}
