/** Where sslh listens, as the entries of `listen` say. */
import { portNumber } from '../../../facts/service-ports.ts';
import { isTrue, stringIn, type Group, type SslhConfig } from './entries.ts';

export interface SslhListener {
  /** As written; the path of a socket in the file system where {@link isUnix} is true. */
  readonly host: string;
  /** Undefined: not known, or a socket in the file system. */
  readonly port: number | undefined;
  readonly isUdp: boolean;
  readonly isUnix: boolean;
  /** Whether a PROXY header may come in front. */
  readonly proxyProtocol: boolean;
  readonly group: Group;
}

/** Those whose host is known. */
export function listenersOf({ listen }: SslhConfig): SslhListener[] {
  return listen.flatMap((group) => {
    const host = stringIn(group, 'host');
    if (host === undefined) return [];
    const isUnix = isTrue(group, 'is_unix');
    return {
      host,
      port: isUnix ? undefined : portNumber(stringIn(group, 'port') ?? ''),
      isUdp: isTrue(group, 'is_udp'),
      isUnix,
      proxyProtocol: isTrue(group, 'proxyprotocol'),
      group,
    };
  });
}
