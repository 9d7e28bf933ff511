/** Connections that tell the entries of an sslh config apart. */
import { otherProtocols, type TraceRequest } from '../../model/trace.ts';
import { sampleTexts } from '../../regex/sample.ts';
import type { Config } from '../../syntax/config.ts';
import type { Connection } from '../server.ts';
import { openerOf, sslhConfig, stringsIn, type Group } from './meaning/entries.ts';
import { listenersOf } from './meaning/listen.ts';

type Opening = Pick<TraceRequest, 'protocol' | 'scheme' | 'host' | 'alpn' | 'firstBytes'> & {
  readonly why: string;
  readonly group?: Group | undefined;
};

/** A name and an address that no config has. */
const anyName = 'host.example';
const anyClient = '198.51.100.77';

export function* sslhConnections(config: Config): Generator<Connection> {
  const read = sslhConfig({ config });
  const openings = [...usual, ...read.protocols.flatMap(openingsOf)];
  for (const { host, port, isUnix, group } of listenersOf(read)) {
    if (isUnix || port === undefined) continue;
    const to = host === '0.0.0.0' ? '203.0.113.77' : host === '::' || host === '[::]' ? '2001:db8::77' : host;
    for (const { why, group: entry, ...opening } of openings) {
      const isHttp = opening.protocol === undefined;
      const method = isHttp ? 'GET' : '';
      const headers = isHttp ? ([['Host', opening.host]] as const) : [];
      const target = isHttp ? '/' : '';
      const request = { ...opening, method, headers, target, port, to, from: anyClient, bodySize: 0 };
      yield { request, place: openerOf(entry ?? group), why };
    }
  }
}

const usual: readonly Opening[] = [
  { scheme: 'http', host: anyName, why: 'a request without TLS' },
  { scheme: 'https', host: anyName, why: 'a name that no entry has' },
  { scheme: 'https', host: anyName, alpn: ['h2'], why: 'a client that speaks HTTP/2 only' },
  { scheme: 'https', host: anyName, alpn: [], why: 'a client that names no protocol' },
  { scheme: 'http', host: anyName, protocol: 'tcp', why: 'a client that waits' },
  { scheme: 'http', host: anyName, protocol: 'tcp', firstBytes: '\x00\x01\x02\x03', why: 'bytes of no protocol' },
  ...otherProtocols
    .filter((protocol) => protocol !== 'tcp')
    .map((protocol): Opening => ({ scheme: 'http', host: anyName, protocol, why: `a client that speaks ${protocol}` })),
];

function openingsOf(group: Group): readonly Opening[] {
  const names = stringsIn(group, 'sni_hostnames').map(({ value }) => value.replace(/[*?]/g, 'x'));
  const protocols = stringsIn(group, 'alpn_protocols').map(({ value }) => value);
  const [host = anyName] = names;
  return [
    ...names.map((name): Opening => ({ scheme: 'https', host: name, group, why: 'a name of the entry' })),
    ...protocols.map((alpn): Opening => ({
      scheme: 'https',
      host,
      alpn: [alpn],
      group,
      why: 'a protocol of the entry',
    })),
    ...stringsIn(group, 'regex_patterns').flatMap(({ value }) =>
      sampleTexts(value, 3).map((firstBytes): Opening => ({
        scheme: 'http',
        host: anyName,
        protocol: 'tcp',
        firstBytes,
        group,
        why: 'a text that its pattern matches',
      })),
    ),
  ];
}
