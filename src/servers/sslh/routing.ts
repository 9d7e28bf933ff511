/** The entries of sslh as rows of a routing table. */
import { bracketed } from '../../model/connection.ts';
import type { RouteRow } from '../../model/routing-table.ts';
import type { Targets } from '../../model/versions.ts';
import type { Config } from '../../syntax/config.ts';
import { headerOf } from '../../syntax/tree.ts';
import { isTrue, sslhConfig, stringIn, stringsIn, type Group } from './meaning/entries.ts';
import { listenersOf } from './meaning/listen.ts';
import { byTransport, probeOf, timeoutEntry } from './meaning/matching.ts';

export function sslhRows(config: Config, targets: Targets): RouteRow[] {
  const read = sslhConfig({ config });
  const onTimeout = timeoutEntry(read);
  const isSplit = byTransport(read, targets.sslh).length > 1;
  return read.protocols.map((entry) => {
    const isUdp = isTrue(entry, 'is_udp');
    const taken = listenersOf(read).filter((listener) => !isSplit || listener.isUdp === isUdp);
    const name = entry.settings.get('name');
    return {
      listeners: taken.map(({ host, port, isUdp: udp, isUnix }) =>
        isUnix ? `unix:${host}` : `${bracketed(host)}:${port ?? '?'}${udp ? ' udp' : ''}`,
      ),
      host:
        stringsIn(entry, 'sni_hostnames')
          .map(({ value }) => value)
          .join(' ') || '(any)',
      isDefault: entry === onTimeout,
      tls: probeOf(entry) === 'tls',
      match: matchText(entry),
      action: `pass ${targetText(entry)}`,
      upstream: [],
      access: 'all',
      place: name
        ? headerOf(name)
        : { file: entry.block.file, start: entry.block.open?.start ?? 0, end: entry.block.open?.end ?? 0 },
    };
  });
}

function matchText(entry: Group): string {
  const more = ['alpn_protocols', 'regex_patterns'].flatMap((name) => stringsIn(entry, name).map(({ value }) => value));
  return [stringIn(entry, 'name') ?? '?', ...more].join(' ');
}

function targetText(entry: Group): string {
  const host = stringIn(entry, 'host') ?? '?';
  return isTrue(entry, 'is_unix') ? `unix:${host}` : `${bracketed(host)}:${stringIn(entry, 'port') ?? '?'}`;
}
