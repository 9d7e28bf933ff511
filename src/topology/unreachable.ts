/** Containers that a server connects to, and cannot reach as it is written. */
import type { Place } from '../text/source.ts';
import { bareName } from './asked-address.ts';
import { canReach, type Machine } from './machine.ts';
import type { Member, Topology } from './topology.ts';

export interface Attempt {
  readonly from: Member;
  readonly host: string;
  readonly port: number | undefined;
  readonly place: Place;
}

/** A sentence; undefined where nothing speaks against it. */
export function whyUnreachable({ machines }: Topology, { from, host, port }: Attempt): string | undefined {
  const { machine } = from;
  const name = bareName(host);
  if (!machine.networks || machine.aliases?.has(name) || machine.names.has(name)) return undefined;
  const named = [...machines].filter((each) => each.networks && each.names.has(name));
  if (named.length === 0) return undefined;
  const path = from.config.file.source.path;
  const reachable = named.filter((each) => canReach(machine, each));
  if (reachable.length === 0)
    return `"${name}" cannot be reached from ${path}: "${machine.name}" and "${named[0]!.name}" have no network in common.`;
  const [only, ...others] = reachable;
  const inside = others.length === 0 && port !== undefined ? mistakenPort(only!, port) : undefined;
  return inside === undefined
    ? undefined
    : `${path} connects to ${name}:${port}, the port that is published on the machine around; in the network of the containers it is ${inside}.`;
}

function mistakenPort({ published, opens }: Machine, port: number): number | undefined {
  const inside = published?.get(port);
  return inside === undefined || opens?.has(port) ? undefined : inside;
}
