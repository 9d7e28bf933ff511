/** Whether configs that were given together may run together. */
import type { Listener } from '../model/model.ts';
import type { Endpoint, Member, Topology } from './topology.ts';

/**
 * Two servers cannot listen at one address; parts of one server may, for different names. Configs of which that is not true are
 * alternatives, or have nothing to do with each other.
 */
export function mayRunTogether(topology: Topology): boolean {
  const taken = new Map<string, Endpoint[]>();
  for (const member of topology.members)
    for (const endpoint of topology.endpointsOf(member)) {
      const key = endpoint.port === undefined ? endpoint.address : `${endpoint.isUdp ? 'udp ' : ''}${endpoint.port}`;
      const others = taken.get(key) ?? [];
      if (others.some((other) => collide(endpoint, other))) return false;
      others.push(endpoint);
      taken.set(key, others);
    }
  return true;
}

function collide(one: Endpoint, other: Endpoint): boolean {
  if (one.member === other.member || one.member.machine !== other.member.machine) return false;
  if (isPartOfSameServer(one.member, other.member)) return haveSameName(one.listener, other.listener);
  return overlap(one.address, other.address);
}

/** A whole config is all that its server reads. */
function isPartOfSameServer({ config: one }: Member, { config: other }: Member): boolean {
  return one.dialect === other.dialect && one.dialect !== 'sslh' && !(isWhole(one) && isWhole(other));
}

function isWhole({ level, complete, dialect }: Member['config']): boolean {
  return complete || (dialect === 'nginx' && level === 'main');
}

/** On one and the same address. */
function haveSameName(one: Listener | undefined, other: Listener | undefined): boolean {
  if (!one || !other || one.address !== other.address) return false;
  const namesOf = ({ virtualHosts }: Listener): string[] =>
    virtualHosts.flatMap(({ names }) => (names.length === 0 ? [''] : names.map(({ text }) => text.toLowerCase())));
  const names = new Set(namesOf(one));
  return namesOf(other).some((name) => names.has(name));
}

function overlap(one: string, other: string): boolean {
  const isAny = (address: string): boolean => /^(?:\*|0\.0\.0\.0|\[?::\]?)$/.test(address);
  return one === other || (isAny(one) && !other.startsWith('unix:')) || (isAny(other) && !one.startsWith('unix:'));
}
