import { unknown, type Unknown } from '../../model.ts';
import type { Directive, Word } from '../../syntax.ts';

/** One `listen`, or the one that nginx adds to a server without any. */
export interface ListenSpec {
  readonly address: string;
  readonly port: number | Unknown;
  readonly tls: boolean;
  readonly http2: boolean;
  readonly quic: boolean;
  readonly proxyProtocol: boolean;
  readonly defaultServer: Word | undefined;
  readonly directive: Directive | undefined;
}

const defaultPort = 80;

/** What a server without `listen` gets when nginx is started as root. */
export const defaultListen: ListenSpec = {
  address: '*',
  port: defaultPort,
  tls: false,
  http2: false,
  quic: false,
  proxyProtocol: false,
  defaultServer: undefined,
  directive: undefined,
};

export function listenOf(directive: Directive): ListenSpec {
  const parameters = directive.args.slice(1);
  const has = (name: string): boolean => parameters.some((word) => word.value === name);
  const quic = has('quic');
  return {
    ...addressOf(directive.args[0]?.value ?? ''),
    tls: quic || has('ssl'),
    http2: has('http2'),
    quic,
    proxyProtocol: has('proxy_protocol'),
    defaultServer: parameters.find(({ value }) => value === 'default_server' || value === 'default'),
    directive,
  };
}

/** `80`, `*:80`, `127.0.0.1`, `[::]:80`, `localhost:8000`, `unix:/path`; a port that is no number (a range, a placeholder) is unknown. */
export function addressOf(text: string): { address: string; port: number | Unknown } {
  if (text.startsWith('unix:')) return { address: text, port: unknown };
  if (/^[\d-]+$/.test(text)) return { address: '*', port: portOf(text) };
  const split = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(text);
  if (!split) return { address: text, port: unknown };
  const [, host, port] = split;
  return { address: normalAddress(host!), port: port === undefined ? defaultPort : portOf(port) };
}

function portOf(text: string): number | Unknown {
  return /^\d{1,5}$/.test(text) ? Number(text) : unknown;
}

function normalAddress(host: string): string {
  if (host === '' || host === '0.0.0.0') return '*';
  if (host === '[::]') return host;
  if (!host.startsWith('[')) return host.toLowerCase();
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return host.toLowerCase();
  }
}
