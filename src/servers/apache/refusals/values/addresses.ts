import { atoi } from '../../facts/numbers.ts';
import type { Directive, Word } from '../../../../syntax/tree.ts';
import { isIP, looksLikeIP } from './ip.ts';
import { badForm, refusal, wrongCount, type Fault } from '../fault.ts';

const maximalPort = 65_535;

/** `Listen [address:]port [protocol]`, `ap_set_listener` of `server/listen.c`. */
export function judgeListen(directive: Directive): Fault | undefined {
  const [address, , extra] = directive.args;
  if (!address || extra) return wrongCount(directive, 'one or two arguments', 2);
  const port = portOf(address.value);
  if (port === undefined || port < 1 || port > maximalPort) {
    return badForm(directive, address, 'a port from 1 to 65535, with an address and a colon before it if need be');
  }
  return undefined;
}

/** The number after the last colon, or the whole text. */
function portOf(text: string): number | undefined {
  const match = /^(?:\[[0-9a-f:.%\w]+\]:|[^:[\]]*:)?(\d+)$/i.exec(text);
  return match ? Number(match[1]) : undefined;
}

/** `<VirtualHost addr[:port] ...>`, `get_addresses` of `server/vhost.c`. */
export function judgeVirtualHost(directive: Directive): Fault | undefined {
  for (const word of directive.args) {
    const fault = judgeHostAddress(directive, word);
    if (fault) return fault;
  }
  return undefined;
}

/** As `apr_parse_addr_port` reads it; a name that does not resolve is only warned of. */
function judgeHostAddress(directive: Directive, word: Word): Fault | undefined {
  const text = word.value.replace(/:\*$/, '');
  if (word.value === '') return undefined;
  if (/^\d+$/.test(text)) {
    return refusal(directive, `"${text}" is a port without an address; write "*:${text}"`, word);
  }
  const [, host = text, port] = /^(.*):(\d+)$/s.exec(text) ?? [];
  const isPort = port === undefined || (atoi(port) >= 1 && atoi(port) <= maximalPort);
  if (!isPort || host === '') return badForm(directive, word, 'an address with a port from 1 to 65535');
  if (!host.startsWith('[') || (host.endsWith(']') && isIP(host.slice(1, -1)))) return undefined;
  return badForm(directive, word, 'an IPv6 address in brackets, and a port behind a colon if need be');
}

/** `RemoteIPInternalProxy` and the like: `proxies_set` of `mod_remoteip.c`. Names are looked up, and may not be found. */
export function judgeRemoteAddress(directive: Directive): Fault | undefined {
  const bad = directive.args.find(({ value }) => !isIP(value) && (looksLikeIP(value) || !/^[\w.-]+$/.test(value)));
  return bad && badForm(directive, bad, 'an IP address, a network, or the name of a host');
}

/** `server_hostname_port` of `server/core.c`. */
export function judgeServerName(directive: Directive): Fault | undefined {
  const [word] = directive.args;
  if (!word) return undefined;
  if (/[*?]|\[.*\]/.test(word.value)) return refusal(directive, 'wildcards are for "ServerAlias" only', word);
  const [, port] = /:(.*)/s.exec(word.value.replace(/^.*?:\/\//s, '')) ?? [];
  if (port === undefined || (atoi(port) >= 1 && atoi(port) <= maximalPort)) return undefined;
  return badForm(directive, word, 'a name with a port from 1 to 65535');
}
