/** Machines and containers: what shares a loopback address, and by which names others reach it. */

export interface Machine {
  readonly name: string;
  /** Names and addresses by which others reach it, in lower case; IPv6 addresses without brackets. */
  readonly names: ReadonlySet<string>;
  /** Only what shares one of these reaches it by name; undefined: all do. */
  readonly networks: ReadonlySet<string> | undefined;
  /** Ports of this machine that lead into another one, with the port there. */
  readonly forwards: ReadonlyMap<number, Forward>;
}

export interface Forward {
  readonly machine: Machine;
  readonly port: number;
}

/** A machine about which nothing is said. */
export function unnamedMachine(): Machine {
  return { name: 'this machine', names: new Set(), networks: undefined, forwards: new Map() };
}

export function canReach(from: Machine, to: Machine): boolean {
  if (from === to || !from.networks || !to.networks) return true;
  return [...from.networks].some((network) => to.networks!.has(network));
}
