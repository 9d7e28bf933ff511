import type { Directive } from '../../../../syntax/tree.ts';
import { ipv4Form, isBrokenIpv4 } from '../../../../model/network.ts';
import { readAddressText } from '../../meaning/listens.ts';
import { badForm, refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';

const maximalPort = 65_535;

/** `Listen [address:]port [protocol]`, `ap_set_listener` of `server/listen.c`. */
function judgeListen(directive: Directive): Refusal | undefined {
  const [address, , extra] = directive.args;
  if (!address || extra) return wrongCount(directive, 'one or two arguments', 2);
  const port = portOf(address.value);
  if (port === undefined || port < 1 || port > maximalPort) {
    return badForm(directive, address, 'a port from 1 to 65535, with an address and a colon before it if need be');
  }
  const host = readAddressText(address.value)?.address ?? '';
  return isBrokenIpv4(host) ? badForm(directive, address, ipv4Form) : undefined;
}

/** The number after the last colon, or the whole text. */
function portOf(text: string): number | undefined {
  const match = /^(?:\[[0-9a-f:.%\w]+\]:|[^:[\]]*:)?(\d+)$/i.exec(text);
  return match ? Number(match[1]) : undefined;
}

/** Remembers the `Listen` lines of a config: the server cannot open one address and port twice. */
export class Listeners {
  readonly #seen = new Set<string>();

  judge(directive: Directive): Refusal | undefined {
    const [word] = directive.args;
    if (directive.key !== 'listen' || !word) return undefined;
    const address = word.value.replace(/^\*:/, '').toLowerCase();
    if (this.#seen.has(address)) return refusal(directive, 'another "Listen" has the same address and port', word);
    this.#seen.add(address);
    return undefined;
  }
}

export const handlers: Handlers = { listen: judgeListen };
