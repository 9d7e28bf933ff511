import { isTrue, sslhConfig, stringIn, type Group } from '../meaning/entries.ts';
import { isBefore } from '../../../model/versions.ts';
import type { Judged, Refusal } from './refusal.ts';

/** sslh before 1.21 complains of an address that is not complete, and starts with those that stand before it. */
export function isPassedOver(group: Group, judged: Judged): boolean {
  if (group.scope !== 'listen' || !isBefore(judged.version, '1.21')) return false;
  const [first] = sslhConfig(judged).listen;
  return first !== group && first?.settings.has('host') === true && stringIn(first, 'port') !== undefined;
}

/** No machine has more addresses than that in one config. */
const mostAddresses = 200;

/** Addresses on which sslh listens already. */
export function repeatedListens(judged: Judged): Refusal<'sslh-duplicate-listen'>[] {
  const refusals: Refusal<'sslh-duplicate-listen'>[] = [];
  const bound = new Map<string, Group[]>();
  for (const entry of sslhConfig(judged).listen) {
    const [host, port] = [stringIn(entry, 'host'), stringIn(entry, 'port')];
    if (host === undefined || port === undefined || isTrue(entry, 'is_unix')) continue;
    const key = `${isTrue(entry, 'is_udp') ? 'udp' : 'tcp'} ${familyOf(host)} ${port}`;
    const others = bound.get(key) ?? [];
    bound.set(key, others);
    const earlier = others.find((other) => collide(hostOf(other), hostOf(entry)));
    if (!earlier) {
      if (others.length < mostAddresses) others.push(entry);
      continue;
    }
    const data = { address: `${host}:${port}`, host: stringIn(earlier, 'host')! };
    const message = hostOf(earlier) === hostOf(entry) ? 'again' : 'within';
    const at = entry.settings.get('host')!;
    refusals.push({ message, at, data, related: [{ at: earlier.settings.get('host')!, message: 'the first' }] });
  }
  return refusals;
}

/** `localhost` is 127.0.0.1 nearly everywhere. */
function hostOf(entry: Group): string {
  const name = stringIn(entry, 'host')!.toLowerCase();
  return name === 'localhost' ? '127.0.0.1' : name;
}

/** sslh binds IPv6 sockets for IPv6 alone; a name may have addresses of either kind, and only the same name is surely the same. */
function familyOf(host: string): string {
  if (host.includes(':')) return '6';
  return /^\d+(?:\.\d+){3}$/.test(host) || /^localhost$/i.test(host) ? '4' : host.toLowerCase();
}

function collide(a: string, b: string): boolean {
  const isAll = (host: string): boolean => host === '0.0.0.0' || host === '::';
  return a === b || isAll(a) || isAll(b);
}
