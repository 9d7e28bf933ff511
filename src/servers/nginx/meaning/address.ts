/** Addresses as `ngx_parse_url` reads them, as far as no name has to be resolved. */
import { ipv4Form, isBrokenIpv4, parseNetwork } from '../../../model/network.ts';

export interface Address {
  /** What is wrong, as the end of a sentence "... has no host". Undefined: nothing. */
  readonly fault?: string;
  /** The host, where the fault is that it is neither an address nor a name. An upstream may be called so. */
  readonly brokenHost?: string;
  /** In one spelling for all: `*:80`, `[::]:80`, `unix:/path`. Undefined where a name must be resolved. */
  readonly key?: string;
  /** The URI part after host and port, where one may follow; empty if there is none. */
  readonly uri: string;
}

const maxPath = 107;

/** The argument of `listen`: an address, a port, or both. */
export function listenAddress(text: string, defaultPort: number): Address {
  if (/^\d+(-\d+)?$/.test(text)) return portOnly(text);
  return hostAndPort(text, { isListen: true, mayHaveUri: false, defaultPort });
}

/** The argument of `server` in `upstream`. */
export function serverAddress(text: string): Address {
  return hostAndPort(text, { isListen: false, mayHaveUri: false, defaultPort: 80 });
}

/** What follows the scheme in `proxy_pass` and its like. */
export function urlAddress(text: string, mayHaveUri: boolean): Address {
  return hostAndPort(text, { isListen: false, mayHaveUri, defaultPort: 80 });
}

interface Options {
  readonly isListen: boolean;
  readonly mayHaveUri: boolean;
  readonly defaultPort: number;
}

function portOnly(text: string): Address {
  const range = text.split('-');
  const fault = range.every(isPort) && Number(range[0]) <= Number(range.at(-1)) ? undefined : invalidPort;
  return { uri: '', ...(fault && { fault }), key: `*:${range.map(Number).join('-')}` };
}

const invalidPort = 'a port from 1 to 65535';

function isPort(text: string): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function hostAndPort(text: string, options: Options): Address {
  if (/^unix:/i.test(text)) return unixPath(text, options);
  if (text.startsWith('[')) return ipv6(text, options);
  const slash = text.search(/[/?]/);
  const uri = slash === -1 ? '' : text.slice(slash);
  if (uri && !options.mayHaveUri) return { uri, fault: 'a host and port without a path' };
  const authority = slash === -1 ? text : text.slice(0, slash);
  const colon = authority.indexOf(':');
  const host = colon === -1 ? authority : authority.slice(0, colon);
  if (host === '') return { uri, fault: 'an address with a host' };
  if (colon !== -1 && !isPortOrRange(authority.slice(colon + 1), options)) return { uri, fault: invalidPort };
  if (isBrokenIpv4(host)) return { uri, fault: ipv4Form, brokenHost: host };
  const port = colon === -1 ? String(options.defaultPort) : authority.slice(colon + 1);
  const spelled = host === '*' || host === '0.0.0.0' ? '*' : host;
  const key = `${spelled}:${port.includes('-') ? port : Number(port)}`;
  return { uri, ...(/^[\d.*]+$/.test(host) && { key }) };
}

function isPortOrRange(text: string, { isListen }: Options): boolean {
  if (!isListen || !text.includes('-')) return isPort(text);
  const [low, high, ...rest] = text.split('-') as [string, string];
  return rest.length === 0 && isPort(low) && isPort(high) && Number(low) <= Number(high);
}

function unixPath(text: string, { mayHaveUri }: Options): Address {
  const rest = text.slice('unix:'.length);
  const colon = mayHaveUri ? rest.indexOf(':') : -1;
  const path = colon === -1 ? rest : rest.slice(0, colon);
  const uri = colon === -1 ? '' : rest.slice(colon + 1);
  if (path === '') return { uri, fault: 'a Unix socket with a path' };
  if (path.length > maxPath) return { uri, fault: `a Unix socket whose path has at most ${maxPath} characters` };
  return { uri, key: `unix:${path}` };
}

function ipv6(text: string, options: Options): Address {
  const match = /^\[([^\]]*)\](?::([^/?]*))?([/?].*)?$/s.exec(text);
  if (!match) return { uri: '', fault: 'an IPv6 address in brackets, with a port after it if any' };
  const [, host, port, uri = ''] = match;
  if (uri && !options.mayHaveUri) return { uri, fault: 'a host and port without a path' };
  if (port !== undefined && !isPortOrRange(port, options)) return { uri, fault: invalidPort };
  if (!isIpv6(host!)) return { uri, fault: 'a valid IPv6 address' };
  const ports = port?.includes('-') ? port : Number(port ?? options.defaultPort);
  return { uri, key: `[${host!.toLowerCase()}]:${ports}` };
}

/** `ngx_inet_addr`, to which an empty part is 0. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d*$/.test(part) && Number(part) <= 255);
}

/** `ngx_inet6_addr`: at the end of seven groups it takes no `::`. */
export function isIpv6(text: string): boolean {
  return !text.startsWith('[') && parseNetwork(text)?.bits === 128 && !/^(?:[^:]+:){7}:$/.test(text);
}

/** `ngx_ptocidr`: an address with an optional prefix length. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  const host = slash === -1 ? text : text.slice(0, slash);
  const is4 = isIpv4(host);
  if (!is4 && !isIpv6(host)) return false;
  if (slash === -1) return true;
  const length = text.slice(slash + 1);
  return /^\d{1,3}$/.test(length) && Number(length) <= (is4 ? 32 : 128);
}
