/** Random configs of sslh 1.20, and what clients send to it first. */
import type { TraceRequest } from '../../../src/model/trace.ts';
import type { Draw } from './random.ts';

const names = ['a.example.org', 'b.example.org', 'jabber.example.org', 'example.org', 'other.test', '127.0.0.1'];
const namePatterns = ['a.example.org', '*.example.org', 'example.org', '?.example.org', '[ab].*', 'other.*'];
const alpns = [['h2', 'http/1.1'], ['http/1.1'], ['xmpp-client'], ['acme-tls/1'], []];
const alpnPatterns = ['h2', 'http/1.1', 'xmpp-client', 'acme-*', 'http/*'];
const patterns = ['^SSH-', '^\\\\x05', '^(EHLO|HELO) [a-z.]+', '^[A-Z]+ [^ ]+', '^\\\\x16\\\\x03', '^'];
/** Whether they match what goes on beyond the known cannot be told. */
const searching = ['HELO', 'jabber', '^.?abc', 'x$'];

/** `ports`: of the backends, one an entry. */
export function generateSslh(random: Draw, port: number, ports: readonly number[]): string {
  const entries = ports.slice(0, 1 + random.below(ports.length)).map((backend) => entry(random, backend));
  const onTimeout = random.chance(0.4)
    ? `on-timeout: "${random.one(['ssh', 'tls', 'timeout', 'http', 'anyprot', 'nobody'])}";\n`
    : '';
  return `timeout: 1;\n${onTimeout}listen: ( { host: "127.0.0.1"; port: "${port}"; } );
protocols: (
${entries.join(',\n')}
);
`;
}

const probes = [
  'ssh',
  'openvpn',
  'tinc',
  'xmpp',
  'http',
  'tls',
  'tls',
  'tls',
  'adb',
  'socks5',
  'regex',
  'timeout',
  'anyprot',
];

function entry(random: Draw, port: number): string {
  const name = random.one(random.chance(0.9) ? probes.slice(0, -2) : probes);
  const settings = [`name: "${name}"`, 'host: "127.0.0.1"', `port: "${port}"`];
  const list = (key: string, from: readonly string[]): string =>
    `${key}: [ ${random
      .some(from, 3)
      .map((text) => `"${text}"`)
      .join(', ')} ]`;
  if (name === 'tls' && random.chance(0.6)) settings.push(list('sni_hostnames', namePatterns));
  if (name === 'tls' && random.chance(0.4)) settings.push(list('alpn_protocols', alpnPatterns));
  if (name === 'regex')
    settings.push(
      `regex_patterns: [ "${random.one(patterns)}", "${random.one(random.chance(0.1) ? searching : patterns)}" ]`,
    );
  return `  { ${settings.join('; ')}; }`;
}

const texts = [
  'SSH-2.0-x\r\n',
  'SS',
  'HELO a.example\r\n',
  'EHLO jabber\r\n',
  'G',
  'GE',
  'GET /\r\n',
  'POS',
  'PUT',
  'CONNEC',
  'abc',
  '0 alice 17.7\n',
  '0',
  '\x05\x01\x00',
  '\x05\x02\x00',
  '\x05\x02\x00\x02',
  '\x05\x0b\x00',
  '\x05\x01\x0a',
  `\x00\x0e\x38${'r'.repeat(13)}`,
  `\x00\x0f\x38${'r'.repeat(13)}`,
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client'>",
  'a text of more than fifty bytes that no probe knows at all',
  `CNXN${'\0'.repeat(20)}host::features`,
  `${'\0'.repeat(20)}\xff\xff\xff\xffCNXN${'\0'.repeat(20)}host::features`,
  'CNXN',
];

export function sslhRequest(random: Draw, port: number): TraceRequest {
  const common = { port, to: '127.0.0.1', from: '127.0.0.1', bodySize: 0, method: '', target: '', headers: [] };
  const host = random.one(names);
  const drawn = random.next();
  if (drawn < 0.4) return { ...common, protocol: 'tls', scheme: 'https', host, alpn: random.one(alpns) };
  if (drawn < 0.55) {
    const headers: [string, string][] = [['Host', host]];
    return {
      ...common,
      scheme: 'http',
      host,
      method: random.one(['GET', 'POST', 'PURGE']),
      target: random.one(['/', '/jabber']),
      headers,
    };
  }
  if (drawn < 0.6) return { ...common, protocol: 'ssh', scheme: 'http', host };
  const firstBytes = random.chance(0.1) ? undefined : random.one(texts);
  return { ...common, protocol: 'tcp', scheme: 'http', host, firstBytes };
}
