/** The entries of sslh as relays. */
import { portNumber } from '../../facts/service-ports.ts';
import type { Relay, RelaySocket, RelayTarget } from '../../model/relay.ts';
import type { Targets } from '../../model/versions.ts';
import type { Config } from '../../syntax/config.ts';
import { headerOf } from '../../syntax/tree.ts';
import { isTrue, openerOf, sslhConfig, stringIn, stringsIn, type Group } from './meaning/entries.ts';
import { listenersOf } from './meaning/listen.ts';
import { byTransport, probeOf } from './meaning/matching.ts';

export function sslhRelays(config: Config, targets: Targets): Relay[] {
  const read = sslhConfig({ config });
  const isSplit = byTransport(read, targets.sslh).length > 1;
  const sockets = listenersOf(read).map(({ host, port, isUdp, isUnix, proxyProtocol, group }): RelaySocket => ({
    address: isUnix ? `unix:${host}` : host === '0.0.0.0' ? '*' : host,
    port,
    isUdp,
    tls: false,
    proxyProtocol,
    place: openerOf(group),
  }));
  return read.protocols.map((entry) => {
    const isUdp = isTrue(entry, 'is_udp');
    const probe = probeOf(entry);
    const setting = entry.settings.get('host') ?? entry.settings.get('port');
    const header = entry.settings.get('proxyprotocol')?.args[0]?.value;
    return {
      name: [probe ?? '?', ...stringsIn(entry, 'sni_hostnames').map(({ value }) => value)].join(' '),
      sockets: sockets.filter((socket) => !isSplit || socket.isUdp === isUdp),
      targets: targetOf(entry),
      place: setting ? headerOf(setting) : openerOf(entry),
      isUdp,
      carries: probe === 'tls' || probe === 'http' ? probe : undefined,
      sendsHeader: header === '1' || header === '2',
      transparent: isTrue(read.main, 'transparent') || isTrue(entry, 'transparent'),
    };
  });
}

function targetOf(entry: Group): RelayTarget[] {
  const host = stringIn(entry, 'host');
  if (host === undefined) return [];
  if (isTrue(entry, 'is_unix')) return [{ host, port: undefined }];
  const port = portNumber(stringIn(entry, 'port') ?? '');
  return port === undefined ? [] : [{ host, port }];
}
