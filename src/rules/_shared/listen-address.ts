import { unknown, type Listener } from '../../model/model.ts';

/** Address and port of a listener in a message: `*:443`. */
export function listenAddress({ address, port }: Listener): string {
  return port === unknown || address.startsWith('unix:') ? address : `${address}:${port}`;
}
