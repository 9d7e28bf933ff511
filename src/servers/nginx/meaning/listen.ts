import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { readAuthority } from '../../../model/url.ts';
import { isFilledIn } from '../../../text/template/placeholder.ts';

/** What a `listen` says, apart from the place where it says it. */
export interface Socket {
  readonly address: string;
  readonly port: number | Unknown;
  readonly tls: boolean;
  readonly http2: boolean;
  readonly quic: boolean;
  readonly proxyProtocol: boolean;
  readonly isDefault: boolean;
}

/** One `listen`, or the one that nginx adds to a server without any. */
export interface ListenSpec {
  readonly socket: Socket;
  readonly directive: Directive | undefined;
}

const defaultPort = 80;

/** What a server without `listen` gets when nginx is started as root. */
const defaultSocket: Socket = {
  address: '*',
  port: defaultPort,
  tls: false,
  http2: false,
  quic: false,
  proxyProtocol: false,
  isDefault: false,
};
export const defaultListen: ListenSpec = { socket: defaultSocket, directive: undefined };

/** Reads `listen` directives; thousands of servers with the same text share what it says. */
export class ListenReader {
  readonly #sockets = new Map<string, Socket>();

  read(directive: Directive): ListenSpec {
    const { args } = directive;
    const text = args.length === 1 ? args[0]!.value : args.map(({ value }) => value).join(' ');
    let socket = this.#sockets.get(text);
    if (!socket) this.#sockets.set(text, (socket = socketOf(args)));
    return { socket, directive };
  }
}

function socketOf(args: readonly Word[]): Socket {
  const parameters = new Set(args.slice(1).map(({ value }) => value));
  // Tengine calls it by the name of its library.
  const quic = parameters.has('quic') || parameters.has('xquic');
  return {
    ...addressOf(args[0]?.value ?? ''),
    tls: quic || parameters.has('ssl'),
    http2: parameters.has('http2'),
    quic,
    proxyProtocol: parameters.has('proxy_protocol'),
    isDefault: args.slice(1).some(isDefaultWord),
  };
}

/** Tengine calls QUIC by the name of its library. */
export function transportOf({ args }: Directive): 'tcp' | 'udp' {
  return args.some(({ value }) => /^(?:x?quic|udp)$/.test(value)) ? 'udp' : 'tcp';
}

export function isDefaultWord({ value }: Word): boolean {
  return value === 'default_server' || value === 'default';
}

/** `80`, `*:80`, `127.0.0.1`, `[::]:80`, `localhost:8000`, `unix:/path`; a port that is no number (a range, a placeholder) is unknown. */
export function addressOf(text: string): { address: string; port: number | Unknown } {
  if (text.startsWith('unix:')) return { address: text, port: unknown };
  // A variable is nothing that nginx would take here: something is to be put in its place.
  const { host, port } = readAuthority(text);
  if (isFilledIn(text) || nameToFillIn.test(text)) return { address: text, port: portOf(port?.text ?? '') };
  if (/^[\d-]+$/.test(text)) return { address: '*', port: portOf(text) };
  return { address: normalAddress(host.text), port: port ? portOf(port.text) : defaultPort };
}

/** Of installers: no host is called `HTTPS_PORT`. */
const nameToFillIn = /^[A-Z][A-Z\d]{0,30}_[A-Z\d_]{1,60}$/;

/** `8000-8010`, behind an address or alone; undefined for anything else. */
export function portRangeOf(text: string): readonly [low: number, high: number] | undefined {
  const ports = /^(\d+)-(\d+)$/.exec(readAuthority(text).port?.text ?? text);
  return ports ? [Number(ports[1]), Number(ports[2])] : undefined;
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
