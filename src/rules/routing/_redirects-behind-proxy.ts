/** Redirects to HTTPS of servers that a proxy in front speaks plain HTTP with. */
import type { Model, VirtualHost } from '../../model/model.ts';
import { schemeOf } from '../../model/scheme.ts';
import { wordOf } from '../../servers/nginx/meaning/settings.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';
import { children, childrenNamed } from '../../syntax/walk.ts';

export interface ProxiedRedirect {
  /** The condition, as it is told and where it stands. */
  readonly condition: string;
  readonly at: Place;
  /** What says that a proxy is in front. */
  readonly sign: Directive;
}

/**
 * Those that ask for the scheme of the connection, where the config says by whose word the address of the client goes, and no name of the
 * server is reached over TLS.
 */
export function redirectsBehindProxy(host: VirtualHost, model: Model): readonly ProxiedRedirect[] {
  const sign = ['real_ip_header', 'remoteipheader'].flatMap((key) => host.scope.effective(key)).at(-1);
  if (!sign || wordOf(sign) === 'proxy_protocol' || !isPlain(host) || isReachedOverTls(host, model)) return [];
  return [...conditionsOfNginx(host), ...conditionsOfApache(host)].map((found) => ({ ...found, sign }));
}

function isPlain({ listeners }: VirtualHost): boolean {
  return listeners.length > 0 && listeners.every(({ tls, http3, proxyProtocol }) => !tls && !http3 && !proxyProtocol);
}

function isReachedOverTls({ names }: VirtualHost, { virtualHosts }: Model): boolean {
  const own = new Set(names.map(({ text }) => text.toLowerCase()));
  return virtualHosts.some(
    (other) =>
      other.listeners.some(({ tls }) => tls) &&
      (own.size === 0 ||
        other.names.length === 0 ||
        other.names.some(({ text, kind }) => kind !== 'exact' || own.has(text.toLowerCase()))),
  );
}

type Found = Pick<ProxiedRedirect, 'condition' | 'at'>;

function conditionsOfNginx({ directive: server }: VirtualHost): Found[] {
  return childrenNamed(server?.key === 'server' ? server.block : undefined, 'if').flatMap((condition) => {
    const asks = asksForHttp(condition.args.map(({ value }) => value).join(' '));
    const leads = condition.block && children(condition.block).some(leadsToHttps);
    const [first, last] = [condition.args[0], condition.args.at(-1)];
    if (!asks || !leads || !first || !last) return [];
    const at = placeIn(condition, { start: first.start, end: last.end });
    return { condition: at.file.text.slice(at.start, at.end), at };
  });
}

/** `($scheme = http)`, `($https != "on")` and their like. */
function asksForHttp(condition: string): boolean {
  const [name = '', operator = '', value = ''] = condition
    .replaceAll(/[()"']/g, ' ')
    .trim()
    .split(/\s+/);
  return ofHttp.has(`${name} ${operator} ${value}`.trim());
}

const ofHttp: ReadonlySet<string> = new Set(['$scheme = http', '$scheme != https', '$https =', '$https != on']);

function leadsToHttps({ key, args }: Directive): boolean {
  return (key === 'return' || key === 'rewrite') && args.some(({ value }) => schemeOf(value) === 'https');
}

function conditionsOfApache({ routes }: VirtualHost): Found[] {
  return routes.flatMap(({ conditions, handler, directive }) => {
    const isRedirect =
      directive.key === 'rewriterule' && handler.kind === 'redirect' && schemeOf(handler.to?.value ?? '') === 'https';
    const [only, another] = conditions;
    const word = only?.args[0];
    if (!isRedirect || !only || another || !word || !isOfHttp(word.value, only.args[1]?.value ?? '')) return [];
    return { condition: only.args.map(({ value }) => value).join(' '), at: placeIn(only, word) };
  });
}

/** `%{HTTPS} off`, `%{REQUEST_SCHEME} !=https` and their like. */
function isOfHttp(name: string, pattern: string): boolean {
  const asked = pattern
    .toLowerCase()
    .replace(/^(!?)=/, '$1')
    .replace(/^(!?)\^/, '$1')
    .replace(/\$$/, '');
  if (/^%\{https\}$/i.test(name)) return notHttps.has(asked);
  return /^%\{request_scheme\}$/i.test(name) && notHttpsSchemes.has(asked);
}

const notHttps: ReadonlySet<string> = new Set(['off', '!on']);
const notHttpsSchemes: ReadonlySet<string> = new Set(['http', '!https']);
