import type { Directive } from '../../../../syntax/tree.ts';
import { isIP, looksLikeIP } from '../ip.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

/** `RemoteIPInternalProxy` and the like: `proxies_set` of `mod_remoteip.c`. Names are looked up, and may not be found. */
function judgeRemoteAddress(directive: Directive): Refusal | undefined {
  const bad = directive.args.find(({ value }) => !isIP(value) && (looksLikeIP(value) || !/^[\w.-]+$/.test(value)));
  return bad && badForm(directive, bad, 'an IP address, a network, or the name of a host');
}

export const handlers: Handlers = {
  remoteipinternalproxy: judgeRemoteAddress,
  remoteipproxyprotocolexceptions: judgeRemoteAddress,
  remoteiptrustedproxy: judgeRemoteAddress,
};
