/** The parameters of `listen`, by kind of server and version. */
import { type Version, formatVersion, isBefore } from '../../../../../model/versions.ts';
import { parseNumber, parseTime } from '../../../meaning/values.ts';
import { type Parameters, count, onOff, positive, size } from '../../parameters.ts';

const keepalive = {
  expected: '"on", "off" or "idle:interval:count"',
  accepts(text: string): boolean {
    if (text === 'on' || text === 'off') return true;
    const [idle = '', interval = '', probes = '', ...rest] = text.split(':');
    const times = [idle, interval].filter((part) => part !== '').map((part) => parseTime(part, true));
    const numbers = probes === '' ? times : [...times, parseNumber(probes)];
    return rest.length === 0 && numbers.length > 0 && !numbers.some(Number.isNaN) && numbers.some((value) => value > 0);
  },
};

const common: Parameters = {
  bind: undefined,
  'backlog=': positive,
  'rcvbuf=': size,
  'sndbuf=': size,
  'ipv6only=': onOff,
  'so_keepalive=': keepalive,
  ssl: undefined,
};

const http: Parameters = {
  default_server: undefined,
  default: undefined,
  ...common,
  'setfib=': count,
  'fastopen=': count,
  'accept_filter=': undefined,
  deferred: undefined,
  reuseport: undefined,
  http2: undefined,
  proxy_protocol: undefined,
};

const stream: Parameters = {
  ...common,
  'fastopen=': count,
  reuseport: undefined,
  udp: undefined,
  proxy_protocol: undefined,
};

/** Parameters that some versions only know; `until` is the first that does not. */
export const versioned: readonly (readonly [family: Family, name: string, since: string, until?: string])[] = [
  ['http', 'quic', '1.25.0'],
  ['http', 'spdy', '1.3.15', '1.19.7'],
  ['http', 'so_keepalive=', '1.1.11'],
  ['http', 'fastopen=', '1.5.8'],
  ['http', 'proxy_protocol', '1.5.12'],
  ['http', 'reuseport', '1.9.1'],
  ['http', 'http2', '1.9.5'],
  ['stream', 'reuseport', '1.9.1'],
  ['stream', 'backlog=', '1.9.2'],
  ['stream', 'udp', '1.9.13'],
  ['stream', 'proxy_protocol', '1.11.4'],
  ['stream', 'rcvbuf=', '1.13.0'],
  ['stream', 'sndbuf=', '1.13.0'],
  ['stream', 'fastopen=', '1.21.0'],
  ['mail', 'so_keepalive=', '1.1.11'],
  ['mail', 'backlog=', '1.9.2'],
  ['mail', 'rcvbuf=', '1.13.0'],
  ['mail', 'sndbuf=', '1.13.0'],
  ['http', 'multipath', '1.29.7'],
  ['stream', 'multipath', '1.29.7'],
  ['stream', 'default_server', '1.25.5'],
  ['stream', 'deferred', '1.25.5'],
  ['stream', 'accept_filter=', '1.25.5'],
  ['stream', 'setfib=', '1.25.5'],
  ['mail', 'multipath', '1.29.7'],
  ['mail', 'proxy_protocol', '1.19.8'],
];

export type Family = 'http' | 'stream' | 'mail';

export const known: Readonly<Record<Family, Parameters>> = { http, stream, mail: common };

/** Words with which a second `listen` of one address sets options again. */
export const options =
  /^(?:bind|deferred|reuseport|multipath|(?:setfib|fastopen|backlog|rcvbuf|sndbuf|ipv6only|so_keepalive|accept_filter)=.*)$/;

const parameterNames = /^(?:ssl|quic|http2|spdy|default_server|default|proxy_protocol|reuseport|deferred|udp|bind)$/;

export function isParameter(word: string): boolean {
  return parameterNames.test(word);
}

const knownByVersion = new Map<string, Parameters>();

export function knownIn(version: Version, family: Family): Parameters {
  const key = `${family} ${formatVersion(version)}`;
  let parameters = knownByVersion.get(key);
  if (!parameters) {
    const rows = versioned.filter(
      ([of, , since, until]) =>
        of === family && !isBefore(version, since) && (until === undefined || isBefore(version, until)),
    );
    const more = rows.filter(([, name]) => !Object.hasOwn(known[family], name));
    parameters = { ...known[family], ...Object.fromEntries(more.map(([, name]) => [name, undefined])) };
    knownByVersion.set(key, parameters);
  }
  return parameters;
}
