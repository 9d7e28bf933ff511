/** The addresses of `Listen` and `<VirtualHost>`. */
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from './environment.ts';

/** An address and port; an unknown port is also that of an address without one, which stands for all ports. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number | Unknown;
  readonly word: Word;
}

/** Reads `*`, `*:80`, `_default_:443`, `10.0.0.1:80`, `[::1]:80`, `name:80`, and for Listen a bare port. */
export function readAddress(word: Word, environment: Environment): SocketAddress | undefined {
  const text = environment.text(word);
  if (text === unknown) return undefined;
  if (/^\d+$/.test(text)) return { address: '*', port: Number(text), word };
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+|\*))?$/.exec(text);
  if (!match) return undefined;
  const address = match[1] === '_default_' ? '*' : match[1]!.toLowerCase();
  return { address, port: match[2] === undefined || match[2] === '*' ? unknown : Number(match[2]), word };
}

/** The addresses of a `<VirtualHost>`; those that cannot be read are left out. */
export function hostAddresses(directive: Directive, environment: Environment): SocketAddress[] {
  return directive.args.map((word) => readAddress(word, environment)).filter((address) => address !== undefined);
}

/** All addresses of a family. */
export function isAnyAddress(address: string): boolean {
  return address === '*' || address === '0.0.0.0' || address === '[::]';
}
