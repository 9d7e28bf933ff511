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

/** Sockets, for the question whether a connection that belongs to another one can arrive through one of them. */
export class SocketIndex {
  readonly #all = new Addresses();
  readonly #byPort = new Map<number | Unknown, Addresses>();

  constructor(sockets: Iterable<SocketWord>) {
    for (const { address, port } of sockets) {
      this.#all.add(address);
      let addresses = this.#byPort.get(port);
      if (!addresses) this.#byPort.set(port, (addresses = new Addresses()));
      addresses.add(address);
    }
  }

  mayMeet({ address, port }: SocketWord): boolean {
    if (port === unknown) return this.#all.mayMeet(address);
    return [this.#byPort.get(port), this.#byPort.get(unknown)].some((addresses) => addresses?.mayMeet(address));
  }
}

class Addresses {
  readonly #literal = new Set<string>();
  #hasOpen = false;

  add(address: string): void {
    if (isOpen(address)) this.#hasOpen = true;
    else this.#literal.add(address);
  }

  mayMeet(address: string): boolean {
    return this.#hasOpen || this.#literal.has(address) || (isOpen(address) && this.#literal.size > 0);
  }
}

/** A name may be any address. */
function isOpen(address: string): boolean {
  return address === '*' || !/^[\d.]+$|^\[/.test(address);
}
