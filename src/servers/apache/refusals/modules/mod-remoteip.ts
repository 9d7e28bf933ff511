import type { Directive } from '../../../../syntax/tree.ts';
import { isIP, looksLikeIP } from '../ip.ts';
import { badForm, wrongCount, type Handlers, type Refusal } from '../refusal.ts';

/** `RemoteIPInternalProxy` and the like: `proxies_set` of `mod_remoteip.c`. Names are looked up, and may not be found. */
function judgeRemoteAddress(directive: Directive): Refusal | undefined {
  const bad = directive.args.find(({ value }) => !isIP(value) && (looksLikeIP(value) || !/^[\w.-]+$/.test(value)));
  return bad && badForm(directive, bad, 'an IP address, a network, or the name of a host');
}

/** `remoteip_disable_networks`: no names. */
function judgeExceptions(directive: Directive): Refusal | undefined {
  if (directive.args.length === 0) return wrongCount(directive, 'at least one address');
  const bad = directive.args.find(({ value }) => !isIP(value));
  return bad && badForm(directive, bad, 'an IP address or a network');
}

export const handlers: Handlers = {
  remoteipinternalproxy: judgeRemoteAddress,
  remoteipproxyprotocolexceptions: judgeExceptions,
  remoteiptrustedproxy: judgeRemoteAddress,
};
