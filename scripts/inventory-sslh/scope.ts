/** Messages of sslh that no config alone decides: each with its reason. */
import type { SslhMessage } from './types.ts';

interface Scope {
  readonly status: 'environment' | 'out of scope';
  readonly reason: string;
}

interface Pattern extends Scope {
  /** Of `file function`. */
  readonly place?: RegExp;
  readonly message?: RegExp;
}

/** The first that fits holds. */
const patterns: readonly Pattern[] = [
  {
    status: 'environment',
    reason: 'sockets, rights and users of the machine',
    message:
      /^(?:setsockopt|socket\(|bind\(|unlink unix|set(?:gid|uid)|chroot$|cap_|sd_listen|FATAL: No available|%s: not found)/,
  },
  {
    status: 'environment',
    reason: 'names that the machine resolves',
    message: /cannot resolve|^resolve_split_name|^\(Check you have/,
  },
  {
    status: 'environment',
    reason: 'files of the machine',
    message:
      /^(?:write_pid_file|Could not open logfile|file I\/O error|cannot open include file|include file nesting|Landlock)/,
  },
  {
    status: 'environment',
    reason: 'memory and signals of the machine',
    message: /^(?:asprintf|sigaction|regcomp$|setsid|Error closing standard)/,
  },
  {
    status: 'environment',
    reason: 'what was built in: libraries, and the program (sslh-fork, sslh-select, sslh-ev)',
    message:
      /not compiled in|not built in|without libconfig|No listening sockets found|not supported in|^Error: UDP|not supported by/,
  },
  {
    status: 'out of scope',
    reason: 'of the command line',
    place: /(?:print_usage|regcompmatch\w*|cmdline_config|resolve_name)$/,
  },
  {
    status: 'out of scope',
    reason: 'told while it runs, or to those who ask for more to be told',
    place:
      /^(?:hash|proxyprotocol|tls|sslh-select|sslh-fork|tcp-listener) |(?:sprintaddr|check_access_rights|connect_addr|\w*defer\w*|fd2fd|probe_client_protocol|print\w+|drop_privileges|scalar_to_string|udp_\w2\w_forward)$/,
  },
  {
    status: 'out of scope',
    reason: 'an error of the program itself, or one that another takes the place of',
    message: /should not happen|wrong type, expected|^Unknown type specification|^Unexpected type/,
  },
  { status: 'out of scope', reason: 'told to those who ask for more to be told', message: /^listening to/ },
];

/** Undefined: a config decides it, and the inventory needs one. */
export function scopeOf({ file, function: name, message }: SslhMessage): Scope | undefined {
  const place = `${file} ${name}`;
  const found = patterns.find((each) => (each.place?.test(place) ?? true) && (each.message?.test(message) ?? true));
  return found && { status: found.status, reason: found.reason };
}
