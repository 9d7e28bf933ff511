/** Machines and containers: what shares a loopback address, and by which names others reach it. */

export interface Machine {
  readonly name: string;
  /** Names and addresses by which others reach it, in lower case; IPv6 addresses without brackets. */
  readonly names: ReadonlySet<string>;
  /** Only what shares one of these reaches it by name; undefined: all do. */
  readonly networks: ReadonlySet<string> | undefined;
  /** Ports of this machine that lead into another one. */
  readonly forwards: ReadonlyMap<number, readonly Forward[]>;
  /** Names that lead elsewhere from here than from others. */
  readonly aliases?: ReadonlyMap<string, Machine>;
  /** Ports that are said to be open in a container. */
  readonly opens?: ReadonlySet<number>;
  /** Ports of the machine around a container that lead into it, with the port inside. */
  readonly published?: ReadonlyMap<number, number>;
}

export interface Forward {
  readonly machine: Machine;
  /** The port there. */
  readonly port: number;
  /** The address of the machine that it holds for; undefined: all. */
  readonly address: string | undefined;
}

/** A machine about which nothing is said. */
export function unnamedMachine(): Machine {
  return { name: 'this machine', names: new Set(), networks: undefined, forwards: new Map() };
}

export function canReach(from: Machine, to: Machine): boolean {
  if (from === to || !from.networks || !to.networks) return true;
  return [...from.networks].some((network) => to.networks!.has(network));
}
