/** The addresses of `Listen` and `<VirtualHost>`. */
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from './environment.ts';
import { readAddressText } from './listens.ts';

/** An address and port; an unknown port is also that of an address without one, which stands for all ports. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number | Unknown;
  readonly word: Word;
}

/** Undefined for what is no address, and what is known at run time only. */
export function readAddress(word: Word, environment: Environment): SocketAddress | undefined {
  const text = environment.text(word);
  const read = text === unknown ? undefined : readAddressText(text);
  return read && { ...read, word };
}

/** The addresses of a `<VirtualHost>`; those that cannot be read are left out. */
export function hostAddresses(directive: Directive, environment: Environment): SocketAddress[] {
  return directive.args.map((word) => readAddress(word, environment)).filter((address) => address !== undefined);
}

/** All addresses of a family. */
export function isAnyAddress(address: string): boolean {
  return address === '*' || address === '0.0.0.0' || address === '[::]';
}
