/** httpd's `Listen` against the addresses of `<VirtualHost>`. */
import { unknown, type Model, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';

export interface SocketWord {
  readonly directive: Directive;
  readonly word: Word;
  /** `*` for all addresses. */
  readonly address: string;
  /** Unknown where it cannot be read, or where a virtual host is for all ports. */
  readonly port: number | Unknown;
}

/** The last number of the word is the port; a bare number too. */
export function readSocket(directive: Directive, word: Word): SocketWord {
  const match = /^(?:(.*):)?(\d+)$/.exec(word.value);
  const port = match ? Number(match[2]) : unknown;
  const address = (match ? match[1] : word.value.replace(/:\*$/, '')) ?? '*';
  return {
    directive,
    word,
    address: /^(?:_default_|0\.0\.0\.0|\[::\])$/.test(address) ? '*' : address.toLowerCase(),
    port,
  };
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
