/** Proxies whose word about the client is taken, and headers in which it stands. */
import { coverAll, isLocalSocket, type Network } from '../../model/network.ts';
import { enclosing, type Directive, type Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { addressOf } from '../../servers/nginx/meaning/listen.ts';

export interface Trusted {
  readonly network: Network;
  readonly directive: Directive;
  readonly word: Word;
}

export const addressHeader = /^(?:x-forwarded-for|x-real-ip|x-client-ip|true-client-ip)$/i;

/** A header of the request and nothing beside it. */
export const ofClient = /^\$http_(?:x_forwarded_for|x_real_ip|x_client_ip|true_client_ip)$/;

export const everybody = /^(?:0\.0\.0\.0\/0|0\/0|::\/0)$/;

/** True where only this machine reaches the server: all its `listen` are loopback addresses or sockets. */
export function isLocal(directive: Directive): boolean {
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    const listens = around.key === 'server' ? childrenNamed(around.block, 'listen') : [];
    if (listens.length > 0) return listens.every(({ args }) => isLocalSocket(addressOf(args[0]?.value ?? '').address));
  }
  return false;
}

/** The widest network of each family, where those of the family hold every address together. */
export function everybodyTogether(list: readonly Trusted[]): Trusted[] {
  return [32, 128].flatMap((bits) => {
    const family = list
      .filter(({ network }) => network.bits === bits)
      .sort((a, b) => a.network.prefix - b.network.prefix);
    return coverAll(family.map(({ network }) => network)) ? family.slice(0, 1) : [];
  });
}
