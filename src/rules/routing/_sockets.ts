/** Sockets that the system opens once only, though the server's test of its config does not ask it. */
import { readAddressText } from '../../servers/apache/meaning/listens.ts';
import { listenAddress } from '../../servers/nginx/meaning/address.ts';
import { transportOf } from '../../servers/nginx/meaning/listen.ts';
import { unknown } from '../../model/model.ts';
import type { Config } from '../../syntax/config.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { directivesByKey } from '../../syntax/walk.ts';

export interface Socket {
  readonly directive: Directive;
  /** nginx: `http`, `stream` or `mail`, each of which opens its own. */
  readonly block?: string;
  /** Under which others find it. */
  readonly keys: readonly string[];
  /** Those of sockets that cannot be open beside it. */
  readonly colliding: readonly string[];
  /** True: with others of that kind the system lets it share an address. */
  readonly isShared: boolean;
}

/** Each socket that cannot be opened, with the first that is in its way. */
export function* collisions(sockets: Iterable<Socket>): Generator<{ readonly socket: Socket; readonly other: Socket }> {
  const open = new Map<string, Socket>();
  for (const socket of sockets) {
    const other = socket.colliding
      .map((key) => open.get(key))
      .find((each) => each !== undefined && !(each.isShared && socket.isShared));
    if (other) yield { socket, other };
    for (const key of socket.keys) if (!open.has(key)) open.set(key, socket);
  }
}

export function written({ directive }: Socket): string {
  return directive.args[0]!.value;
}

export function relatedTo({ directive }: Socket): { readonly at: Directive; readonly message: string }[] {
  return [{ at: directive, message: 'taken here' }];
}

const blocks = ['http', 'stream', 'mail'] as const;

/** Within one block nginx opens the address of all interfaces alone; between two the system refuses it. */
export function* nginxSockets({ file }: Config): Generator<Socket> {
  for (const directive of directivesByKey(file.root).get('listen') ?? []) {
    const [address, ...parameters] = directive.args;
    const block = blockOf(directive);
    const key = address && block && listenAddress(address.value, 80).key;
    if (!block || !key) continue;
    const colon = key.startsWith('unix:') ? key.length : key.lastIndexOf(':');
    const [host, port] = [key.slice(0, colon), `${transportOf(directive)} ${key.slice(colon + 1)}`];
    const isIpv4 = !host.startsWith('[') && !host.startsWith('unix:');
    const others = host === '*' ? ['ipv4'] : isIpv4 ? [host, '*'] : [host];
    yield {
      directive,
      block,
      keys: [host, ...(isIpv4 ? ['ipv4'] : [])].map((each) => `${block} ${port} ${each}`),
      colliding: blocks
        .filter((each) => each !== block)
        .flatMap((each) => others.map((other) => `${each} ${port} ${other}`)),
      isShared: parameters.some(({ value }) => value === 'reuseport'),
    };
  }
}

function blockOf(directive: Directive): string | undefined {
  let owner = enclosing(directive);
  while (owner && !blocks.some((block) => block === owner!.key)) owner = enclosing(owner);
  return owner?.key;
}

/** httpd refuses the same `Listen` twice by itself, and opens 0.0.0.0 and [::] beside each other. */
export function* apacheSockets({ file }: Config): Generator<Socket> {
  for (const directive of directivesByKey(file.root).get('listen') ?? []) {
    const word = directive.args[0];
    const socket = word && readAddressText(word.value);
    // What stands in a section may not count.
    if (!socket || socket.port === unknown || enclosing(directive)) continue;
    const around = widerAddresses(socket.address);
    if (!around) continue;
    yield {
      directive,
      keys: around.keys.map((key) => `${String(socket.port)} ${key}`),
      colliding: around.colliding.map((key) => `${String(socket.port)} ${key}`),
      isShared: false,
    };
  }
}

/** Undefined for names. */
function widerAddresses(address: string): Pick<Socket, 'keys' | 'colliding'> | undefined {
  if (address === '*') return { keys: ['*'], colliding: ['an ipv4', 'an ipv6'] };
  if (address === '0.0.0.0') return { keys: [address], colliding: ['an ipv4'] };
  if (address === '[::]') return { keys: [address], colliding: ['an ipv6'] };
  if (/^\d+(?:\.\d+){3}$/.test(address)) return { keys: ['an ipv4'], colliding: ['*', '0.0.0.0'] };
  return address.startsWith('[') ? { keys: ['an ipv6'], colliding: ['*', '[::]'] } : undefined;
}
