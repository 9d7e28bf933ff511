import { ipv4Form, isBrokenIpv4 } from '../../../../model/network.ts';
import { atoi } from '../../facts/numbers.ts';
import type { Directive, Word } from '../../../../syntax/tree.ts';
import { isIP } from '../ip.ts';
import { badForm, refusal, type Handlers, type Refusal } from '../refusal.ts';

const maximalPort = 65_535;

/** `<VirtualHost addr[:port] ...>`, `get_addresses` of `server/vhost.c`. */
function judgeVirtualHost(directive: Directive): Refusal | undefined {
  for (const word of directive.args) {
    const fault = judgeHostAddress(directive, word);
    if (fault) return fault;
  }
  return undefined;
}

/** As `apr_parse_addr_port` reads it; a name that does not resolve is only warned of. */
function judgeHostAddress(directive: Directive, word: Word): Refusal | undefined {
  const text = word.value.replace(/:\*$/, '');
  if (word.value === '') return undefined;
  if (/^\d+$/.test(text)) {
    return refusal(directive, `"${text}" is a port without an address; write "*:${text}"`, word);
  }
  const [, host = text, port] = /^(.*):(\d+)$/s.exec(text) ?? [];
  const isPort = port === undefined || (atoi(port) >= 1 && atoi(port) <= maximalPort);
  if (!isPort || host === '') return badForm(directive, word, 'an address with a port from 1 to 65535');
  if (isBrokenIpv4(host)) return { ...badForm(directive, word, ipv4Form), severity: 'warning' };
  if (!host.startsWith('[') || (host.endsWith(']') && isIP(host.slice(1, -1)))) return undefined;
  return badForm(directive, word, 'an IPv6 address in brackets, and a port behind a colon if need be');
}

export const handlers: Handlers = { virtualhost: judgeVirtualHost };
