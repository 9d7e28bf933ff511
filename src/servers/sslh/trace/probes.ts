/** The probes of sslh, as `probe.c` and `tls.c` run them over what a client has sent so far. */
import { giveUp } from '../../../model/unknown.ts';
import { unknown } from '../../../model/model.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import { beginsWith } from '../../../regex/first.ts';
import { fnmatch } from '../../../text/fnmatch.ts';
import { toBytes } from '../../../text/bytes.ts';
import { stringsIn, type Group } from '../meaning/entries.ts';
import { probeOf } from '../meaning/matching.ts';
import { shortestHello, type Bytes, type Opening } from '../../../model/opening.ts';
import { wordTable } from '../../../text/word-table.ts';
import { builtins } from './builtin-probes.ts';

/** `again`: more would have to come; `unsure`: `next` or `again`, by how much comes first. */
export interface Probed {
  readonly result: 'match' | 'next' | 'again' | 'unsure';
  readonly reason: string;
}

type Spoken = Exclude<Opening, { readonly kind: 'silence' }>;

const match = (reason: string): Probed => ({ result: 'match', reason });

const again: Probed = { result: 'again', reason: 'more would have to come' };

const unsure: Probed = { result: 'unsure', reason: 'it does not match what came, or waits for more' };

const next = (reason: string): Probed => ({ result: 'next', reason });

/** Throws `UnknownAnswer`. */
export function probe(entry: Group, opening: Spoken): Probed {
  const name = probeOf(entry) ?? giveUp('The name of an entry that is tried first is not known.');
  const waits = minimumLength(entry, opening);
  if (waits) return waits;
  switch (name) {
    case 'anyprot':
    case 'timeout':
      return match('it takes whatever comes');
    case 'regex':
      return probeRegex(entry, opening);
    case 'tls':
      return opening.kind === 'hello' ? probeHello(entry, opening) : probeBytesForTls(opening);
    default:
      return opening.kind === 'hello' ? probeInHello(name, opening) : probeBytes(name, opening);
  }
}

function minimumLength(entry: Group, opening: Spoken): Probed | undefined {
  const word = entry.settings.get('minlength')?.args[0];
  if (!word) return undefined;
  const least = opening.kind === 'hello' ? shortestHello : opening.least;
  const wanted = Number(word.value);
  if (least >= wanted) return undefined;
  if (opening.kind === 'bytes' && opening.isWhole)
    return { result: 'again', reason: `fewer than ${wanted} bytes came` };
  return giveUp(`Whether at least ${word.value} bytes come first (minlength) depends on the client.`);
}

/** With both lists both must match; the patterns are those of the shell. */
function probeHello(entry: Group, { serverName, alpn }: Extract<Spoken, { kind: 'hello' }>): Probed {
  const names = listOf(entry, 'sni_hostnames');
  const protocols = listOf(entry, 'alpn_protocols');
  if (names) {
    if (serverName === undefined) return next('the handshake names no host, which sni_hostnames asks for');
    if (!names.some((pattern) => fnmatch(pattern, toBytes(serverName))))
      return next(`sni_hostnames does not hold "${serverName}"`);
  }
  if (protocols && !alpn.some((offered) => protocols.some((pattern) => fnmatch(pattern, offered))))
    return next(
      alpn.length === 0
        ? 'the handshake offers no protocol, which alpn_protocols asks for'
        : `alpn_protocols holds none of ${alpn.map((name) => `"${name}"`).join(', ')}`,
    );
  const by = [names && `sni_hostnames holds "${serverName}"`, protocols && 'alpn_protocols holds what is offered'];
  return match(by.filter(Boolean).join(' and ') || 'it is a TLS handshake');
}

/** Undefined where none is written; an empty list is as good as none. */
function listOf(entry: Group, name: 'sni_hostnames' | 'alpn_protocols'): readonly string[] | undefined {
  const setting = entry.settings.get(name);
  if (!setting) return entry.open ? giveUp(`A template or an include may add "${name}".`) : undefined;
  const strings = stringsIn(entry, name);
  if (strings.length < (setting.block?.directives.length ?? 0)) giveUp(`Not all of "${name}" is known.`);
  return strings.length === 0 ? undefined : strings.map(({ value }) => toBytes(value));
}

function probeBytesForTls({ bytes, isWhole, least }: Bytes): Probed {
  if (least < 5) return isWhole ? again : unsure;
  if (bytes[0] !== '\x16') return next('it is no TLS handshake');
  return giveUp('Whether these bytes are a whole ClientHello is not looked at.');
}

/** A name in the handshake is sent in the clear, for other probes to find. */
function probeInHello(name: string, { serverName }: Extract<Spoken, { kind: 'hello' }>): Probed {
  if (name === 'xmpp' && serverName?.includes('jabber'))
    return match(`"jabber" stands in what was sent: in the name "${serverName}" of the handshake`);
  if (name === 'http' && serverName?.includes('HTTP')) return match('"HTTP" stands in the name of the handshake');
  return next(name === 'openvpn' ? 'the first two bytes are not the length of the rest' : (reasons[name] ?? notThat));
}

const notThat = 'it begins in another way';

const reasons: Readonly<Record<string, string | undefined>> = wordTable({
  ssh: 'it does not begin with "SSH-"',
  tinc: 'it does not begin with "0 "',
  xmpp: '"jabber" does not stand in it',
  http: 'it holds neither "HTTP" nor a method at its beginning',
});

function probeBytes(name: string, opening: Bytes): Probed {
  if (opening.probe === name) return match(`it is what a client of ${name} sends`);
  const builtin = builtins[name] ?? giveUp(`The probe "${name}" is not known.`);
  const { bytes, isWhole, least } = opening;
  if (builtin.matches(bytes, isWhole)) return match(`it begins as ${name} does`);
  const needed = builtin.needs(bytes);
  if (least >= needed) return next(reasons[name] ?? notThat);
  return isWhole ? again : unsure;
}

function probeRegex(entry: Group, opening: Spoken): Probed {
  if (entry.open) giveUp('A template or an include may add patterns.');
  const patterns = stringsIn(entry, 'regex_patterns');
  const written = entry.settings.get('regex_patterns')?.block?.directives.length ?? 0;
  if (patterns.length < written) giveUp('Not all of "regex_patterns" is known.');
  for (const { value } of patterns) {
    // libconfig has put a byte for "\x00" in, at which the string ends.
    const [pattern = ''] = value.split('\0', 1);
    if (matchesOpening(toBytes(pattern), opening)) return match(`the pattern "${pattern}" matches`);
  }
  return next('no pattern matches');
}

function matchesOpening(pattern: string, opening: Spoken): boolean {
  const regex = compilePcre(pattern, false) ?? giveUp(`The pattern "${pattern}" is not read.`);
  const bytes = opening.kind === 'hello' ? '\x16\x03' : opening.bytes;
  const isWhole = opening.kind === 'bytes' && opening.isWhole;
  const found = regex.matches(bytes);
  if (found === unknown) return giveUp(`Whether the pattern "${pattern}" matches takes too long to tell.`);
  if (isWhole) return found;
  // What follows may end a match that only seems to be one, or begin another.
  if (found && !/[$]|\\[zZbB]|\(\?/.test(pattern)) return true;
  if (!found && beginsWith(pattern, bytes[0]!) === false) return false;
  return giveUp(`Whether the pattern "${pattern}" matches depends on more than the protocol.`);
}
