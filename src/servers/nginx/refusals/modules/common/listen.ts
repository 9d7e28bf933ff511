/** `listen` of http, stream and mail: `ngx_http_core_listen`, `ngx_http_add_listen` and their like. */
import { type Directive, placeIn } from '../../../../../syntax/tree.ts';
import { directivesByKey } from '../../../../../syntax/walk.ts';
import { nginxDirectives } from '../../../facts/index.ts';
import { type Version, formatVersion, isBefore } from '../../../../../model/versions.ts';
import { listenAddress } from '../../../meaning/address.ts';
import { parseNumber, parseTime } from '../../../meaning/values.ts';
import { isPlaceholder } from '../../../meaning/placeholder.ts';
import { firstOf } from '../../named-once.ts';
import { type Parameters, checkParameters, count, onOff, positive, size } from '../../parameters.ts';
import { refuseForm, refuseLack } from '../../refuse.ts';
import { http2Directive, http2Of } from '../../replacements.ts';
import { type NginxCheck, type Run, blockOf, remembered } from '../../run.ts';

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
const versioned: readonly (readonly [family: Family, name: string, since: string, until?: string])[] = [
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

type Family = 'http' | 'stream' | 'mail';
const known: Readonly<Record<Family, Parameters>> = { http, stream, mail: common };
/** Words with which a second `listen` of one address sets options again. */
const options =
  /^(?:bind|deferred|reuseport|multipath|(?:setfib|fastopen|backlog|rcvbuf|sndbuf|ipv6only|so_keepalive|accept_filter)=.*)$/;

/** The `listen` directives with `ssl` or `quic`, with the key of the socket. */
export const secureListens = remembered((): { readonly socket: string; readonly directive: Directive }[] => []);

/** All of one socket. */
const listens = remembered(() => new Map<string, Directive[]>());

export function listensOf(run: Run, socket: string): readonly Directive[] {
  return listens(run).get(socket) ?? [];
}

export function listenCheck(family: Family): NginxCheck {
  return (directive, run) => {
    const [address, ...rest] = directive.args;
    const parsed = listenAddress(address!.value, 80);
    if (parsed.fault && !isPlaceholder(address!.value)) refuseForm(run, directive, address!, parsed.fault);
    // Refused unless the machine knows a host of that name.
    else if (isParameter(address!.value))
      refuseForm(run, directive, address!, 'an address or port, which must come first', 'warning');
    if (rest.length > 0) {
      const words = rest.filter((word) => !isNewer(run, directive, family, word) && !isOfTengine(run, word));
      checkParameters(run, directive, words, knownIn(run.version, family));
    }
    if (family === 'mail' && !/:|^\d+$|^\[.*\]:/.test(address!.value)) return;
    if (family === 'http') checkHttp(run, directive);
    if (family === 'stream') checkUdp(run, directive);
    if (parsed.key) checkRepeated(run, directive, `${family} ${transport(directive)} ${parsed.key}`, parsed.key);
  };
}

const parameterNames = /^(?:ssl|quic|http2|spdy|default_server|default|proxy_protocol|reuseport|deferred|udp|bind)$/;

function isParameter(word: string): boolean {
  return parameterNames.test(word);
}

const knownByVersion = new Map<string, Parameters>();

function knownIn(version: Version, family: Family): Parameters {
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

function isNewer(run: Run, directive: Directive, family: Family, word: Directive['name']): boolean {
  const name = word.value.replace(/=.*/s, '=');
  const row = versioned.find(([of, known, since]) => of === family && known === name && isBefore(run.version, since));
  if (!row) return false;
  const data = { name: directive.key, value: word.value, target: formatVersion(run.version), version: row[2] };
  run.refusals.report({ rule: 'needs-newer-version', message: 'value', at: placeIn(directive, word), data });
  return true;
}

/** Tengine speaks QUIC by a library of its own, under this name; it tells itself by other directives that only it has. */
function isOfTengine(run: Run, { value }: Directive['name']): boolean {
  return value === 'xquic' && usesTengine(run);
}

function usesTengine(run: Run): boolean {
  const known = tengine(run);
  known.found ??= [...directivesByKey(run.config.file.root).keys()].some((key) => {
    const definitions = nginxDirectives(key);
    return definitions.length > 0 && definitions.every(({ module }) => module === 'alibaba/tengine');
  });
  return known.found;
}

const tengine = remembered((): { found?: boolean } => ({}));

function transport({ args }: Directive): string {
  return args.some(({ value }) => /^(?:x?quic|udp)$/.test(value)) ? 'udp' : 'tcp';
}

/** With `accept_filter`, which only FreeBSD knows, just FreeBSD refuses it. */
const noQuic = /^(?:ssl|http2|deferred|multipath|proxy_protocol|(?:fastopen|backlog|so_keepalive)=.*)$/;

function checkHttp(run: Run, directive: Directive): void {
  const { args } = directive;
  const http2 = http2Of(directive);
  if (http2 && !isBefore(run.version, '1.25.1')) {
    const data = { name: 'listen ... http2', version: '1.25.1', replacement: 'http2 on' };
    run.refusals.report({
      rule: 'deprecated-directive',
      message: 'replaced',
      at: placeIn(directive, http2),
      data,
      fix: http2Directive(directive, http2),
    });
  }
  if (!args.some(({ value }) => value === 'quic') || isBefore(run.version, '1.25.0')) return;
  const clash = args.find(({ value }, index) => index > 0 && noQuic.test(value));
  if (clash) refuseForm(run, directive, clash, 'a parameter that goes with "quic"');
}

/** `ngx_stream_core_listen`. */
const noUdp = /^(?:ssl|proxy_protocol|deferred|multipath|(?:fastopen|backlog|so_keepalive)=.*)$/;

function checkUdp(run: Run, directive: Directive): void {
  const { args } = directive;
  const clash = args.find(({ value }, index) => index > 0 && noUdp.test(value));
  if (!clash || !args.some(({ value }) => value === 'udp')) return;
  const data = { value: clash.value };
  run.refusals.report({ rule: 'invalid-value', message: 'transport', at: placeIn(directive, clash), data });
}

/** The same address twice in one server, two default servers, or options set twice for one address. */
function checkRepeated(run: Run, directive: Directive, key: string, address: string): void {
  const words = directive.args.slice(1);
  firstOf(run, `first ${key}`, directive);
  const sockets = listens(run).get(key);
  if (sockets) sockets.push(directive);
  else listens(run).set(key, [directive]);
  if (run.config.complete && words.some(({ value }) => value === 'ssl' || value === 'quic')) {
    secureListens(run).push({ socket: key, directive });
  }
  const repeat = (what: string, message: 'repeated' | 'defaultServer' | 'options'): boolean => {
    const first = firstOf(run, what, directive);
    if (!first) return false;
    const related = [{ at: first, message: 'the first is here' }];
    run.refusals.report({ rule: 'duplicate-listen', message, at: directive, data: { address }, related });
    return true;
  };
  // Only http, and stream since it knows server names, lets several servers share a socket.
  const isShared = key.startsWith('http ') || (key.startsWith('stream ') && !isBefore(run.version, '1.25.5'));
  const { owner } = directive.parent;
  const server = blockOf(directive, run);
  if ((owner || run.config.level === 'server') && repeat(`listen ${key} ${isShared ? server : ''}`, 'repeated')) return;
  if (words.some(({ value }) => value === 'default_server' || value === 'default'))
    repeat(`default ${key}`, 'defaultServer');
  if (words.some(({ value }) => options.test(value))) repeat(`options ${key}`, 'options');
}

/** `ngx_mail_core_listen` has no default port. */
export const mailListen: NginxCheck = (directive, run) => {
  const address = directive.args[0]!;
  if (!/:|^\d/.test(address.value)) refuseLack(run, directive, 'a port');
  listenCheck('mail')(directive, run);
};
