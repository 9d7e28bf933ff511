/** Who asks, and how: the client address and the method. */
import type { Directive } from '../../../syntax/tree.ts';
import { contains, parseNetwork } from '../../../model/network.ts';
import { giveUp } from '../../../model/unknown.ts';
import { textOf, type Request } from './state.ts';
import { clientAddress } from './variables.ts';

/** True for a `<Limit>` or `<LimitExcept>` that is about the method of this request. */
export function limitedTo(request: Request, { key, args }: Directive): boolean {
  if (key !== 'limit' && key !== 'limitexcept') return false;
  const methods = args.map((word) => textOf(request.setting, word).toUpperCase());
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return methods.includes(method) === (key === 'limit');
}

/** `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `10.1`. */
export function inNetwork(request: Request, text: string): boolean {
  const network = parseNetwork(expandedNetwork(text));
  if (!network) return giveUp(`Whether the client is of "${text}" is not known before its name is looked up.`);
  const address = parseNetwork(clientAddress(request, `"${text}"`));
  return address !== undefined && contains(network, address);
}

/** Partial addresses and netmasks as prefix lengths. */
export function expandedNetwork(text: string): string {
  const masked = /^([\d.]+)\/(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (masked) {
    const bits = masked[2]!
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
    return /^1*0*$/.test(bits) ? `${masked[1]!}/${bits.indexOf('0') === -1 ? 32 : bits.indexOf('0')}` : text;
  }
  const octets = /^\d{1,3}(?:\.\d{1,3}){0,2}\.?$/.test(text) ? text.replace(/\.$/, '').split('.') : undefined;
  if (!octets) return text;
  return `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`;
}
