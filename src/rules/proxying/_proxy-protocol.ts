/** Who sends the PROXY protocol, and who reads it. */
import type { Listener, Model } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { ownListeners } from '../../model/destinations.ts';
import { isOff, settingOf } from '../../servers/nginx/meaning/settings.ts';

/** `proxy_protocol on`, or the version that is sent; undefined where it is not set. */
export function sendsHeader({ block }: Directive): boolean | undefined {
  const own = settingOf(block, 'proxy_protocol');
  return own && !isOff(own);
}

/** The listener that takes connections to the address; undefined where several differ. */
export function listenerOn(model: Model, host: string, port: number): Listener | undefined {
  const found = ownListeners(model, host, port);
  return found.every(({ proxyProtocol }) => proxyProtocol === found[0]!.proxyProtocol) ? found[0] : undefined;
}

export function hasExceptions({ virtualHosts }: Listener): boolean {
  return virtualHosts.some(({ scope }) => scope.effective('remoteipproxyprotocolexceptions').length > 0);
}
