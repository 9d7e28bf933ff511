/** Versions of TLS and ciphers of virtual hosts that are there on both sides. */
import { unknown, type Tls, type VirtualHost } from '../../model/model.ts';
import { possibleVersions } from '../../model/tls-versions.ts';
import type { Difference } from '../difference.ts';
import type { Kind } from '../kinds.ts';
import type { Side } from '../side.ts';
import type { Fact } from './fact.ts';
import { byIdentity, identitiesOf } from './levels.ts';

/** Of virtual hosts that are there on both sides, by a listener and a name. */
export function tlsFacts(
  before: { readonly side: Side; readonly hosts: readonly VirtualHost[] },
  after: { readonly side: Side; readonly hosts: readonly VirtualHost[] },
): readonly Fact[] {
  const old = byIdentity(before.hosts.filter(isTls));
  return after.hosts.filter(isTls).flatMap((host) => {
    const was = identitiesOf(host).flatMap((key) => old.get(key) ?? [])[0];
    const name = host.names[0]?.text ?? 'any name';
    return was
      ? tlsDifferences(was.tls, host.tls).map((each) => ({
          ...each,
          subject: `TLS for ${name}`,
          host,
          directive: host.directive,
        }))
      : [];
  });
}

const isTls = ({ listeners }: VirtualHost): boolean => listeners.some(({ tls }) => tls);

function tlsDifferences(old: Tls, now: Tls): readonly Difference[] {
  const differences: Difference[] = [];
  const [versions, versionsNow] = [old, now].map(possibleVersions);
  if (versions && versionsNow && versions.join() !== versionsNow.join()) {
    const added = versionsNow.filter((version) => !versions.includes(version));
    const kind: Kind = added.some((version) => weak.has(version)) ? 'tls-weaker' : 'tls-changed';
    differences.push({ kind, topic: 'what is offered', was: versions.join(', '), is: versionsNow.join(', ') });
  }
  const [ciphers, ciphersNow] = [old.ciphers, now.ciphers].map(({ value, origin }) =>
    value === unknown ? undefined : origin === 'default' ? 'the default' : value,
  );
  if (ciphers !== undefined && ciphersNow !== undefined && ciphers !== ciphersNow)
    differences.push({ kind: 'tls-changed', topic: 'the cipher list', was: ciphers, is: ciphersNow });
  return differences;
}

const weak: ReadonlySet<string> = new Set(['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.0', 'TLSv1.1']);
