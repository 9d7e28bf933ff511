import { contains, isLoopbackHost, parseNetwork, withoutBrackets } from '../model/network.ts';
import type { Machine } from './machine.ts';

export interface Asked {
  readonly machine: Machine;
  readonly port: number;
  /** A loopback name or an address; undefined: any address of the machine, from outside. */
  readonly host: string | undefined;
  /** Whether the machine surely has the name; else only a listener of the very address takes the connection. */
  readonly isNamed: boolean;
}

export function bareName(host: string): string {
  return withoutBrackets(host).toLowerCase();
}

/** Whether a listener of the address takes connections to what is asked for. */
export function takes(address: string, { host, isNamed }: Asked): boolean {
  const bare = bareName(address);
  if (host === undefined) return !isLoopbackHost(address) && !address.startsWith('unix:');
  const isName = host === 'localhost' || host.endsWith('.localhost');
  if (bare === '*' || bare === '0.0.0.0') return isNamed && (isName || !host.includes(':'));
  if (bare === '::') return isNamed && (isName || host.includes(':'));
  if (isName) return isLoopbackHost(address);
  if (bare === 'localhost') return host === '127.0.0.1' || host === '::1';
  const [listened, asked] = [parseNetwork(bare), parseNetwork(host)];
  return listened !== undefined && asked !== undefined && contains(listened, asked);
}
