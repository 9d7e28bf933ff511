/** `listen` of http, stream and mail: `ngx_http_core_listen`, `ngx_http_add_listen` and their like. */
import { type Directive, placeIn } from '../../../../../syntax/tree.ts';
import { directivesByKey } from '../../../../../syntax/walk.ts';
import { nginxDirectives } from '../../../facts/index.ts';
import { formatVersion, isBefore } from '../../../../../model/versions.ts';
import { listenAddress } from '../../../meaning/address.ts';
import { transportOf } from '../../../meaning/listen.ts';
import { isPlaceholder } from '../../../meaning/placeholder.ts';
import { firstOf } from '../../named-once.ts';
import { checkParameters } from '../../parameters.ts';
import { refuseForm, refuseLack } from '../../refuse.ts';
import { http2Directive, http2Of } from '../../replacements.ts';
import { type NginxCheck, type Run, blockOf, remembered } from '../../run.ts';
import { versioned, type Family, options, isParameter, knownIn } from './listen-parameters.ts';

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
    if (parsed.key) checkRepeated(run, directive, `${family} ${transportOf(directive)} ${parsed.key}`, parsed.key);
  };
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
  if (run.config.serversComplete && words.some(({ value }) => value === 'ssl' || value === 'quic')) {
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
