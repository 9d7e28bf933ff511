/** The servers of an upstream group that are asked. */
import type { Upstream } from '../../../model/model.ts';
import { readUrl } from '../../../model/url.ts';

export interface UpstreamPlace {
  /** Name or address; the path of a socket where {@link port} is undefined. */
  readonly host: string;
  readonly port: number | undefined;
}

/** Whatever the scheme, where none is written. */
const usualPort = 80;

/** Without those that are down, or asked only when the others do not answer. Empty where an address is not known. */
export function serversInUse({ servers }: Upstream): UpstreamPlace[] {
  const used = servers.filter(
    ({ directive }) => !directive.args.slice(1).some(({ value }) => value === 'down' || value === 'backup'),
  );
  const places = used.flatMap(({ address }): UpstreamPlace[] => {
    const { socket, authority, host, port } = readUrl(address.value);
    if (socket) return [{ host: socket.text, port: undefined }];
    const number = port ? Number(port.text) : usualPort;
    return authority.isFixed && Number.isInteger(number) ? [{ host: host.text, port: number }] : [];
  });
  return places.length === used.length ? places : [];
}
