/** The versions of TLS that a server offers to the name of a request. */
import { nginxReadsNameFirst } from '../facts/tls.ts';
import { offeredVersions } from '../model/tls-versions.ts';
import { isBefore } from '../model/versions.ts';
import type { Hop } from '../topology/follow.ts';
import { virtualHostOf } from './virtual-host-of.ts';

/** None without TLS; undefined where it cannot be told, or depends on the version of the server. */
export function offeredBy(hop: Hop): readonly string[] | undefined {
  const host = virtualHostOf(hop);
  if (!host) return undefined;
  const own = offeredVersions(host.tls);
  const { config, targets } = hop.member;
  if (config.dialect !== 'nginx' || (targets.nginx && !isBefore(targets.nginx, nginxReadsNameFirst))) return own;
  const deciding = host.listeners.filter(({ tls }) => tls).map(({ defaultHost }) => offeredVersions(defaultHost.tls));
  const [first, ...rest] = targets.nginx && deciding.length > 0 ? deciding : [own, ...deciding];
  return rest.every((each) => each?.join() === first?.join()) ? first : undefined;
}
