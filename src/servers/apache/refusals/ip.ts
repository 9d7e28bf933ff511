import { parseNetwork } from '../../../model/network.ts';

/**
 * Whether `apr_ipsubnet_create` takes the text: an address, the beginning of an IPv4 address (`10.1`), each with a mask or a number
 * of bits. False for what it surely refuses.
 */
export function isIP(text: string): boolean {
  const [address = '', mask, ...more] = text.split('/');
  if (more.length > 0) return false;
  const isV4 = /^\d/.test(address) && !address.includes(':');
  if (mask !== undefined && !isMask(mask, isV4 ? 32 : 128)) return false;
  return isV4 ? isV4Address(address, mask !== undefined) : isV6Address(address);
}

function isMask(mask: string, bits: number): boolean {
  if (/^\d+$/.test(mask)) return Number(mask) >= 1 && Number(mask) <= bits;
  return bits === 32 && isV4Address(mask, true);
}

function isV4Address(text: string, complete: boolean): boolean {
  const parts = text.replace(/\.$/, '').split('.');
  if (parts.length > 4 || (complete && parts.length < 4 && text.endsWith('.'))) return false;
  return parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** `inet_pton` of APR also takes `::` beside eight groups, and httpd refuses IPv4 addresses that are mapped. */
function isV6Address(text: string): boolean {
  if (!/^[0-9a-f:.]+$/i.test(text)) return false;
  const groups = text.replace('::', ':').replace(/^:|:$/g, '');
  const address = parseNetwork(text) ?? (groups.includes('::') ? undefined : parseNetwork(groups));
  return address?.bits === 128 && address.address >> 32n !== 0xffffn;
}

/** What the server takes for an address and does not look up as a name. */
export function looksLikeIP(text: string): boolean {
  return /^[\d.]+$/.test(text) || text.includes(':');
}
