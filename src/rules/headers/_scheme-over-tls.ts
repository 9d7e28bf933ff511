/** What a server that speaks TLS with clients tells the backend of their scheme, in whatever header. */
import type { Confidence, Severity } from '../finding.ts';
import type { HeaderOp } from '../../model/model.ts';
import type { Config } from '../../syntax/config.ts';
import { directivesByKey } from '../../syntax/walk.ts';
import type { ProxyRoute } from '../_shared/backends.ts';

/** Headers, in lower case, by which applications learn that the client came over TLS. */
export const aboutScheme = [
  'x-forwarded-proto',
  'x-forwarded-scheme',
  'x-forwarded-protocol',
  'x-scheme',
  'x-url-scheme',
  'x-forwarded-ssl',
  'x-forwarded-port',
  'front-end-https',
] as const;

/** What each of them says of a request over TLS to the default port. */
export function overTlsValue({ name }: HeaderOp): string {
  const header = name.toLowerCase();
  if (header === 'x-forwarded-port') return '443';
  return header === 'x-forwarded-ssl' || header === 'front-end-https' ? 'on' : 'https';
}

export function mistakeIn(
  { name }: HeaderOp,
  value: string,
  route: ProxyRoute,
): 'overTls' | 'someTls' | 'client' | undefined {
  const header = name.toLowerCase();
  if (isClientsOwn(header, value)) return takesClients(route) ? 'client' : undefined;
  const { overTls } = route.virtualHost;
  const isPlain = header === 'x-forwarded-port' ? value === '80' : ['http', 'off'].includes(value.toLowerCase());
  if (!isPlain) return undefined;
  if (overTls !== true) return header === 'x-forwarded-proto' && value.toLowerCase() === 'http' ? 'someTls' : undefined;
  return 'overTls';
}

/** Whether nothing says that another proxy is in front: its address, its word for the client's, the PROXY protocol. */
function takesClients({ backend, virtualHost: { listeners, scope } }: ProxyRoute): boolean {
  if (listeners.length === 0 || listeners.some(({ tls, proxyProtocol }) => !tls || proxyProtocol)) return false;
  if (['set_real_ip_from', 'real_ip_header', 'remoteipheader'].some((key) => scope.effective(key).length > 0))
    return false;
  return ['x-forwarded-for', 'x-real-ip', 'x-forwarded-host'].every((name) => {
    const value = backend.headers.get(name)?.value;
    return typeof value !== 'string' || !/\$\{?http_(?!host\b)|%\{(?:HTTP|req):/i.test(value);
  });
}

/** Whether a map of nginx asks what a proxy in front says of the scheme: there is one, then. */
export function readsForwarded({ file }: Config): boolean {
  const maps = directivesByKey(file.root).get('map') ?? [];
  return maps.some(({ args }) =>
    /\$\{?http_(?:x_(?:forwarded|url_scheme|scheme)|front_end_https)/i.test(args[0]?.value ?? ''),
  );
}

/** The header of the client's request of the same name. */
function isClientsOwn(header: string, value: string): boolean {
  const text = value
    .toLowerCase()
    .replace(/^expr=/, '')
    .replace(/[{}]/g, '');
  return text === `$http_${header.replaceAll('-', '_')}` || text === `%http:${header}` || text === `%req:${header}`;
}

/** A server that tells the address of its own connection as the client's takes requests from no other proxy. */
export function weight({ backend }: ProxyRoute): { readonly severity?: Severity; readonly confidence: Confidence } {
  const isFirst = ['x-real-ip', 'x-forwarded-for'].some((name) =>
    /^\$\{?remote_addr\}?$/.test(String(backend.headers.get(name)?.value)),
  );
  return isFirst ? { confidence: 'medium' } : { severity: 'info', confidence: 'medium' };
}
