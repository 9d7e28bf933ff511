/** Listening directives of one socket that name different protocols: `ngx_http_add_addresses`. */
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';

const protocolNames = ['proxy_protocol', 'ssl', 'http2'] as const;
/** Words that make a `listen` the one that sets the options of its socket. */
const option =
  /^(?:bind|deferred|reuseport|multipath|(?:setfib|fastopen|backlog|rcvbuf|sndbuf|ipv6only|so_keepalive|accept_filter)=.*)$/;

export interface Redefinition {
  readonly listen: Directive;
  readonly first: Directive;
  /** All of the socket up to here. */
  readonly protocols: string;
  /** No more than HTTP/2, which a client may take or leave. */
  readonly isHarmless: boolean;
}

/**
 * Those that nginx warns of. It lets protocols be named in the first one alone, or in all, but not in some.
 *
 * @param listens all of one socket, in their order
 */
export function redefinedProtocols([first, ...others]: readonly Directive[]): Redefinition[] {
  if (!first) return [];
  let all = protocolsOf(first);
  let isSet = isSetting(first);
  let last: number | undefined;
  let isChanged = false;
  let mixed = 0;
  return others.flatMap((listen): Redefinition[] => {
    const own = protocolsOf(listen);
    const sets = isSetting(listen);
    const adds = (own | all) !== all;
    const removes = (own | all) !== own;
    const differs = last !== undefined && own !== last;
    const isRedefined = adds
      ? (isSet && !sets) || isChanged || removes
      : removes
        ? sets || differs
        : (sets && isChanged) || differs;
    last = adds ? all : own;
    isChanged ||= adds || removes;
    isSet ||= sets;
    mixed |= own ^ all;
    all |= own;
    const protocols = protocolNames.filter((_, index) => all & (1 << index)).join(', ');
    return isRedefined ? [{ listen, first, protocols, isHarmless: (mixed & ~4) === 0 }] : [];
  });
}

/** The `listen` directives of a `stream` block, by the address as it is written. */
export function streamSockets({ block }: Directive): Directive[][] {
  const sockets = new Map<string, Directive[]>();
  for (const server of childrenNamed(block, 'server')) {
    for (const listen of childrenNamed(server.block, 'listen')) {
      const key = `${listen.args[0]?.value} ${listen.args.some(({ value }) => value === 'udp')}`;
      const socket = sockets.get(key);
      if (socket) socket.push(listen);
      else sockets.set(key, [listen]);
    }
  }
  return [...sockets.values()];
}

function protocolsOf({ args }: Directive): number {
  let mask = 0;
  for (const [index, name] of protocolNames.entries()) if (args.some(({ value }) => value === name)) mask |= 1 << index;
  return mask;
}

function isSetting({ args }: Directive): boolean {
  return args.some(({ value }, index) => index > 0 && option.test(value));
}
