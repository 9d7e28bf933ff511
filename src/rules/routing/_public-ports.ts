/** Which ports clients know of by themselves. */
import { unknown, type Listener, type Model, type VirtualHost } from '../../model/model.ts';
import { isLocalSocket, parseNetwork } from '../../model/network.ts';

/**
 * The listeners with TLS of the host, where none is on the default port, and none of another host with one of its names. Without TLS, and
 * on a port that containers use for it, something in front may hand the default port on. Undefined where that cannot be told.
 */
export function ownPort(host: VirtualHost, model: Model): readonly Listener[] | undefined {
  const own = host.listeners.filter(({ tls, http3 }) => tls && !http3);
  if (own.length === 0 || host.listeners.some(isBehindAnother) || standsBehindProxy(host)) return undefined;
  if (own.some(isPublic)) return undefined;
  const elsewhere = publicNames(model);
  return host.names.some(({ text }) => elsewhere.has(text.toLowerCase())) ? undefined : own;
}

const known = new WeakMap<Model, ReadonlySet<string>>();

/** The names of all hosts that are reached over TLS on such a port, or on one that is not known. */
function publicNames(model: Model): ReadonlySet<string> {
  let names = known.get(model);
  if (!names) {
    const hosts = model.virtualHosts.filter(({ listeners }) => listeners.some((each) => each.tls && isPublic(each)));
    known.set(model, (names = new Set(hosts.flatMap((host) => host.names.map(({ text }) => text.toLowerCase())))));
  }
  return names;
}

function isPublic({ port }: Listener): boolean {
  return port === unknown || publicPorts.has(port);
}

/** The default, and those that stand for it in a container. */
const publicPorts: ReadonlySet<number> = new Set([443, 8443, 4443, 10_443]);

/** Whose address a name means is not known. */
function isBehindAnother({ address, proxyProtocol }: Listener): boolean {
  return proxyProtocol || isLocalSocket(address) || (address !== '*' && parseNetwork(address) === undefined);
}

function standsBehindProxy({ scope }: VirtualHost): boolean {
  return ['set_real_ip_from', 'remoteipheader'].some((key) => scope.effective(key).length > 0);
}
