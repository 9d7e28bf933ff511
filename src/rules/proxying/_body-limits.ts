/** How large bodies may be, by setting. */
import { type Listener, type Model, type Scope, type Target, unknown } from '../../model/model.ts';
import { bytesOf } from '../../servers/nginx/meaning/settings.ts';
import { parseSize } from '../../servers/nginx/meaning/values.ts';
import type { Directive } from '../../syntax/tree.ts';

export interface Setting {
  readonly name: string;
  readonly text: string;
  readonly bytes: number;
}

export interface Limit {
  readonly directive: Directive | undefined;
  readonly bytes: number;
  readonly text: string;
}

/** PHP has the units of nginx's offsets. The largest body that PHP takes is what both settings allow; the smaller one of those written counts. */
export function settingsOf(text: string): Setting[] {
  const found = [...text.matchAll(/(upload_max_filesize|post_max_size)\s*=\s*(\d+[kmg]?)\b/gi)].map(
    ([, name, size]): Setting => ({ name: name!, text: size!, bytes: parseSize(size!, true) }),
  );
  const [first, ...others] = found.filter(({ bytes }) => bytes > 0);
  return first ? [others.reduce((least, other) => (other.bytes < least.bytes ? other : least), first)] : [];
}

/** The listener of this config on which the target is reached, by a loopback address or a socket. */
export function innerListener({ listeners }: Model, { host, port, scheme, upstream }: Target): Listener | undefined {
  if (upstream || host === unknown || port === unknown) return undefined;
  if (host.startsWith('unix:')) return listeners.find(({ address }) => address === host);
  if (!/^(?:127\.|localhost$|\[::1\])/.test(host)) return undefined;
  const wanted = port ?? (scheme === 'https' ? 443 : 80);
  const onPort = listeners.filter((listener) => listener.port === wanted && !listener.http3);
  return onPort.find(({ address }) => address === host) ?? onPort.find(({ address }) => address === '*');
}

export function nginxLimit(scope: Scope): Limit {
  const directive = scope.effective('client_max_body_size').at(-1);
  const text = directive?.args[0]?.value ?? '1m';
  return { directive, bytes: directive ? (bytesOf(directive) ?? 0) : 1024 ** 2, text };
}
