/** IPv4 and IPv6 addresses and networks, as numbers. */

export interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

export function parseNetwork(text: string): Network | undefined {
  const [address, prefix] = text.split('/', 2) as [string, string | undefined];
  const parsed = parseAddress(address);
  if (!parsed) return undefined;
  const length = prefix === undefined ? parsed.bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  return length >= 0 && length <= parsed.bits ? { ...parsed, prefix: length } : undefined;
}

/** An IPv6 address as it stands in no URL; another host as it is. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function parseAddress(text: string): Omit<Network, 'prefix'> | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { bits: 32, address: ipv4 };
  const address = text.includes(':') ? parseIpv6(withoutBrackets(text)) : undefined;
  return address === undefined ? undefined : { bits: 128, address };
}

function parseIpv4(text: string): bigint | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const octets = text.split('.').map(Number);
  return octets.some((octet) => octet > 255)
    ? undefined
    : octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  if (text.split('::').length > 2) return undefined;
  const [head, tail] = text.split('::') as [string, string | undefined];
  const left = groupsOf(head, tail === undefined);
  const right = groupsOf(tail ?? '', true);
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array<string>(tail === undefined ? 0 : missing).fill('0'), ...right];
  if (groups.some((group) => !/^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** The groups of four digits; an IPv4 address at the end of all stands for two. */
function groupsOf(text: string, isEnd: boolean): string[] {
  const groups = text === '' ? [] : text.split(':');
  const ipv4 = isEnd ? parseIpv4(groups.at(-1) ?? '') : undefined;
  if (ipv4 !== undefined) groups.splice(-1, 1, (ipv4 >> 16n).toString(16), (ipv4 & 0xffffn).toString(16));
  return groups;
}

/** An address near the begin of a network and one near its end, as text; only one in a network of one or two. */
export function addressesIn({ bits, address, prefix }: Network): readonly string[] {
  const size = 1n << BigInt(bits - prefix);
  const start = address - (address % size);
  if (size <= 2n) return [addressText(bits, start)];
  return [addressText(bits, start + 1n), addressText(bits, start + size - 2n)];
}

function addressText(bits: Network['bits'], address: bigint): string {
  const [count, width] = bits === 32 ? [4, 8n] : [8, 16n];
  const parts = Array.from({ length: count }, (_, index) => {
    const part = (address >> (width * BigInt(count - 1 - index))) & ((1n << width) - 1n);
    return part.toString(bits === 32 ? 10 : 16);
  });
  return parts.join(bits === 32 ? '.' : ':');
}

/**
 * Whether the text has the form of an IPv4 address, but is none, in whatever spelling: `10.0.0.256`, `10.0.0.0.1`. It is no name either,
 * as no domain ends in a number. Numbers with a zero before them are octal to `getaddrinfo`, and not judged.
 */
export function isBrokenIpv4(text: string): boolean {
  if (!/^\d+(?:\.\d+){3,}$/.test(text)) return false;
  const parts = text.split('.');
  return parts.length > 4 || parts.some((part) => Number(part) > 255 && !part.startsWith('0'));
}

/** What such a text should have been, as the end of a sentence "... is not ...". */
export const ipv4Form = 'a host name or an IPv4 address (four numbers up to 255)';

/** Whether a connection to the host stays on this machine: the name, brackets around IPv6 or not. */
export function isLoopbackHost(host: string): boolean {
  if (/^(?:(?:.*\.)?localhost|ip6-localhost|ip6-loopback)\.?$/i.test(host)) return true;
  if (!/^\[?[\d:]/.test(host)) return false;
  const address = parseNetwork(host);
  return address !== undefined && loopback.some((network) => contains(network, address));
}

const loopback = ['127.0.0.0/8', '::1'].map((text) => parseNetwork(text)!);

/** Whether a socket of this address is reached from this machine only; `unix:/path` too. */
export function isLocalSocket(address: string): boolean {
  return address.startsWith('unix:') || isLoopbackHost(address);
}

export function contains(network: Network, address: Network): boolean {
  if (network.bits !== address.bits) return false;
  const shift = BigInt(network.bits - network.prefix);
  return network.address >> shift === address.address >> shift;
}

/** Whether networks of one family, one after the other, hold every address: `0.0.0.0/1` and `128.0.0.0/1` do. */
export function coverAll(networks: readonly Network[]): boolean {
  let next = 0n;
  const ranges = networks.map(({ bits, address, prefix }) => {
    const size = 1n << BigInt(bits - prefix);
    const start = address - (address % size);
    return { start, end: start + size };
  });
  for (const { start, end } of ranges.sort((a, b) => (a.start < b.start ? -1 : 1))) {
    if (start > next) return false;
    if (end > next) next = end;
  }
  return networks.length > 0 && next === 1n << BigInt(networks[0]!.bits);
}
