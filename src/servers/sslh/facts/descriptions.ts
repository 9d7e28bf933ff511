/** What each setting of sslh does, and what counts where it is not written, by the behaviour of releases 1.18 to 2.3.1. Only for people. */
import { wordTable } from '../../../text/word-table.ts';
import type { SslhScope } from './types.ts';

export interface SslhDescription {
  /** A sentence. */
  readonly text: string;
  /** In the syntax of the file, with versions where it changed; undefined: there is none. */
  readonly default?: string;
}

const where = '1: standard error, 2: syslog, 4: log file; added up';
const off = `0 (${where})`;
const on = `3 (${where})`;

const main: Readonly<Record<string, SslhDescription>> = wordTable({
  listen: { text: 'The addresses on which sslh waits for connections.' },
  protocols: {
    text: 'What sslh tells apart, and where it sends each. The first entry whose probe matches gets the connection.',
  },
  verbose: {
    text: 'How much is logged; since 2.2 it stands for all settings that begin with `verbose-`.',
    default: '0',
  },
  'verbose-config': { text: 'Tells the settings at the start.', default: off },
  'verbose-config-error': { text: 'Tells mistakes in the settings.', default: on },
  'verbose-connections': { text: 'Tells each connection, with where it is sent.', default: on },
  'verbose-connections-try': { text: 'Tells each attempt to reach a target.', default: off },
  'verbose-connections-error': { text: 'Tells connections that fail.', default: on },
  'verbose-fd': { text: 'Tells what happens to file descriptors.', default: off },
  'verbose-packets': { text: 'Shows the data that probes look at, in hexadecimal digits.', default: off },
  'verbose-probe-info': { text: 'Tells what each probe decides.', default: off },
  'verbose-probe-error': { text: 'Tells probes that fail.', default: on },
  'verbose-system-error': { text: 'Tells system calls that fail.', default: on },
  'verbose-int-error': { text: 'Tells errors of sslh itself.', default: on },
  version: { text: 'Prints the version and ends; meant for the command line.', default: 'false' },
  foreground: { text: 'Stays in the foreground instead of becoming a daemon.', default: 'false' },
  inetd: { text: 'Serves the one connection on standard input and output, and listens to nothing.', default: 'false' },
  numeric: { text: 'Writes addresses and ports as numbers into the log, without looking up names.', default: 'false' },
  transparent: {
    text: 'Connects to targets from the address of the client, so that they see it; that takes rights and routes.',
    default: 'false',
  },
  timeout: {
    text: 'Seconds to wait for the first data of a client; then `on-timeout` says where the connection goes.',
    default: '5; 2 before 1.21',
  },
  'on-timeout': {
    text: 'The name of the entry of `protocols` that gets a connection whose client has sent nothing in time.',
    default: '"ssh"',
  },
  udp_max_connections: { text: 'How many UDP clients are remembered at a time.', default: '1024' },
  user: { text: 'The user that sslh becomes once it listens.' },
  pidfile: { text: 'The file that gets the number of the process.' },
  chroot: { text: 'The folder that becomes the root of the file system once sslh listens.' },
  syslog_facility: {
    text: 'The facility under which syslog gets messages; `"none"`: it gets none.',
    default: '"auth"',
  },
  logfile: { text: 'The file that gets the messages of settings whose value holds a 4.' },
  prefix: { text: 'Reserved for tests of sslh.' },
});

const shared: Readonly<Record<string, SslhDescription>> = wordTable({
  keepalive: {
    text: 'Has the system look after connections on which nothing is sent (TCP keepalive).',
    default: 'false',
  },
  is_udp: { text: 'UDP instead of TCP.', default: 'false' },
  is_unix: { text: 'A UNIX socket: `host` is its path, and `port` is written, but empty.', default: 'false' },
});

const listen: Readonly<Record<string, SslhDescription>> = wordTable({
  host: { text: 'The address or name to listen on; `"0.0.0.0"` or `"::"` for all.' },
  port: { text: 'The port to listen on, as a number or the name of a service.' },
  max_connections: { text: 'Connections beyond this number are dropped.' },
  proxyprotocol: {
    text: 'Clients begin with a header of the PROXY protocol, which tells the address behind them.',
    default: 'false',
  },
});

const protocols: Readonly<Record<string, SslhDescription>> = wordTable({
  name: { text: 'The probe that recognises the protocol.' },
  host: { text: 'Where connections of this protocol are sent.' },
  port: { text: 'The port to send them to, as a number or the name of a service.' },
  service: { text: 'The name by which libwrap (`/etc/hosts.allow`, `/etc/hosts.deny`) decides on clients.' },
  probe: { text: 'How the protocol is recognised; before 1.18.' },
  log_level: { text: '0: connections of this protocol are not logged.', default: '1' },
  fork: { text: 'A process of its own for each connection; for sslh-select and sslh-ev.', default: 'false' },
  tfo_ok: { text: 'The target takes data with the first packet (TCP Fast Open).', default: 'false' },
  transparent: { text: 'As the setting at the top, for this protocol.', default: 'false' },
  resolve_on_forward: {
    text: 'Looks up the name in `host` for each connection, not only at the start.',
    default: 'false',
  },
  sni_hostnames: {
    text: 'For `tls`: only clients that ask for one of these names; `*` and `?` stand for any characters.',
  },
  alpn_protocols: { text: 'For `tls`: only clients that offer one of these protocols.' },
  regex_patterns: { text: 'For `regex`: the first data has to match one of these expressions.' },
  minlength: { text: 'For `regex`: how many bytes have to be there before it is tried.' },
  udp_timeout: { text: 'Seconds without data after which a UDP client is forgotten.', default: '60' },
  proxyprotocol: {
    text: 'The version, 1 or 2, of the PROXY protocol by which the target is told the address of the client.',
  },
  max_connections: { text: 'Connections of this protocol beyond this number are refused; not in sslh-fork.' },
});

/** @param name in the spelling of the table of settings */
export function sslhDescription(scope: SslhScope, name: string): SslhDescription | undefined {
  if (scope === 'main') return main[name];
  return (scope === 'listen' ? listen : protocols)[name] ?? shared[name];
}
