/** httpd's `Listen` against the addresses of `<VirtualHost>`. */
import { unknown, type Model, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { readAuthority } from '../../../model/url.ts';

export interface SocketWord {
  readonly directive: Directive;
  readonly word: Word;
  /** `*` for all addresses. */
  readonly address: string;
  /** Unknown where it cannot be read, or where a virtual host is for all ports. */
  readonly port: number | Unknown;
}

/**
 * `*`, `*:80`, `_default_:443`, `10.0.0.1:80`, `[::1]:80`, `name:80`, and for Listen a bare port. The port is unknown where there is none,
 * or `*`, which both stand for all. Undefined for what is no address.
 */
export function readAddressText(text: string): Pick<SocketWord, 'address' | 'port'> | undefined {
  if (/^\d+$/.test(text)) return { address: '*', port: Number(text) };
  const { userinfo, host, port } = readAuthority(text);
  if (userinfo || (port && !/^(?:\d+|\*)$/.test(port.text))) return undefined;
  const address = host.text === '_default_' ? '*' : host.text.toLowerCase();
  return { address, port: port && port.text !== '*' ? Number(port.text) : unknown };
}

/** With one spelling for all addresses. What cannot be read has no known port. */
export function readSocket(directive: Directive, word: Word): SocketWord {
  const { address, port } = readAddressText(word.value) ?? { address: word.value.toLowerCase(), port: unknown };
  return { directive, word, address: address === '0.0.0.0' || address === '[::]' ? '*' : address, port };
}

/** The addresses of all virtual hosts. */
export function hostSockets(model: Model): SocketWord[] {
  return model.virtualHosts.flatMap(
    ({ directive }) => directive?.args.map((word) => readSocket(directive, word)) ?? [],
  );
}

/** True if a connection can arrive through one that belongs to the other. A name may be any address. */
export function mayMeet(a: SocketWord, b: SocketWord): boolean {
  if (a.port !== unknown && b.port !== unknown && a.port !== b.port) return false;
  return a.address === b.address || [a, b].some(({ address }) => address === '*' || !/^[\d.]+$|^\[/.test(address));
}
