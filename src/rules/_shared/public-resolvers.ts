/** DNS servers of nginx that stand in the internet. */
import { contains, parseNetwork } from '../../model/network.ts';
import { readAuthority } from '../../model/url.ts';

/** Whether a word of `resolver` is the address of one; names and parameters are not. */
export function isPublicResolver(word: string): boolean {
  const parsed = parseNetwork(readAuthority(word).host.text);
  return parsed !== undefined && !word.includes('=') && !local.some((network) => contains(network, parsed));
}

/** Of this machine, private, shared and link-local; 168.63.129.16 is the resolver inside Azure. */
const local = (
  '127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 100.64.0.0/10 168.63.129.16 ' +
  '192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 ::1 fc00::/7 fe80::/10'
)
  .split(' ')
  .map((text) => parseNetwork(text)!);
