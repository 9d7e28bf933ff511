import type { Listener, Model, Scope, Tls } from '../../model/model.ts';
import { isLocalSocket } from '../../model/network.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

/** Reached from this machine only: something in front may end TLS. */
export function isLoopback({ address }: Listener): boolean {
  return isLocalSocket(address);
}

/**
 * Whether a setting may be in force for some connection. nginx: where nothing speaks TLS at all, it waits for a listener that is written
 * elsewhere or still to come; beside listeners with TLS, a virtual host without any has no use for it.
 */
export function isInUse({ enabled }: Tls, { dialect, listeners }: Model): boolean {
  return enabled !== false || (dialect === 'nginx' && !listeners.some(({ tls }) => tls));
}

/** A server that is there to turn unknown names away: no session with it ever begins. */
export function rejectsHandshakes(scope: Scope): boolean {
  return isOn(scope, 'ssl_reject_handshake');
}
