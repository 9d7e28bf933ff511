/** Ports that a service of a compose file publishes on its machine. */

/** One port, or the ports of a range in order. */
export interface PublishedPort {
  readonly outside: number;
  readonly inside: number;
  /** The address of the machine that it is published at; undefined: all. */
  readonly address: string | undefined;
}

/** More ports of a range are not counted up. */
const maxRange = 1000;

/**
 * `8080:80`, `127.0.0.1:8080:80/tcp`, `[::1]:8080:80`, `3000-3005:3000-3005`, `{ target: 80, published: 8080, host_ip: 127.0.0.1 }`. Left out:
 * UDP, variables, a port of the machine that is chosen at random.
 */
export function publishedPorts(written: unknown): PublishedPort[] {
  return (Array.isArray(written) ? written : []).flatMap((port: unknown) =>
    typeof port === 'object' && port !== null
      ? longForm(port as Readonly<Record<string, unknown>>)
      : shortForm(`${port as string | number}`),
  );
}

function longForm({
  target,
  published,
  protocol,
  host_ip: address,
}: Readonly<Record<string, unknown>>): PublishedPort[] {
  if (protocol !== undefined && protocol !== 'tcp') return [];
  return pairs(
    `${published as string | number}`,
    `${target as string | number}`,
    typeof address === 'string' ? address : undefined,
  );
}

const short = /^(?:(\[[^\]]+\]|[\d.]+):)?([\d-]+):([\d-]+)(?:\/tcp)?$/;

function shortForm(text: string): PublishedPort[] {
  const [, address, outside, inside] = short.exec(text) ?? [];
  return outside === undefined ? [] : pairs(outside, inside!, address?.replace(/[[\]]/g, ''));
}

/** Ranges of the same length; of a longer one outside, any port is taken. */
function pairs(outside: string, inside: string, address: string | undefined): PublishedPort[] {
  const [from, to] = [rangeOf(outside), rangeOf(inside)];
  if (!from || !to || from.length !== to.length) return [];
  const everywhere = address === undefined || address === '' || address === '0.0.0.0' || address === '::';
  return from.map((port, index) => ({ outside: port, inside: to[index]!, address: everywhere ? undefined : address }));
}

function rangeOf(text: string): number[] | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const length = Number(last) - Number(first) + 1;
  return length >= 1 && length <= maxRange ? Array.from({ length }, (_, index) => Number(first) + index) : undefined;
}
