/** Targets of mod_proxy: URLs of workers, and names of balancers. */
import type { Directive, Word } from '../../../../syntax/tree.ts';
import { type Refusal, badForm, refusal } from '../refusal.ts';
import { behindScheme, parseUri } from '../uri.ts';
import { ipv4Form, isBrokenIpv4 } from '../../../../model/network.ts';
import { readUrl, withoutSocket } from '../../../../model/url.ts';
import { schemeOf } from '../../../../model/scheme.ts';

/** `DNS lookup failure`, which only clients are told of. */
export function warnOfHost(directive: Directive, target: Word): Refusal | undefined {
  const { host, socket } = readUrl(target.value);
  return !socket && isBrokenIpv4(host.text)
    ? { ...badForm(directive, target, `a URL with ${ipv4Form}`), severity: 'warning' }
    : undefined;
}

/** `ap_proxy_define_worker_ex`: a URL with a scheme and a host. */
export function judgeTarget(directive: Directive, target: Word, isPattern: boolean): Refusal | undefined {
  const { value } = target;
  if (isBalancerUrl(value)) return judgeBalancerName(directive, value, target);
  // The port may hold references to groups of the pattern.
  const url = isPattern ? value.replace(/^([^/]*:\/\/[^:/]*:[^$/]*)\$\d[^/]*/, '$1') : value;
  const behind = withoutSocket(url);
  const uri = parseUri(behind);
  if (uri?.scheme !== undefined && (uri.host || behind !== url)) return undefined;
  return badForm(directive, target, 'a URL with scheme and host, and a number as port if it has one');
}

/** `ap_proxy_define_balancer`. `word`: where the name stands, if it is an argument. */
export function judgeBalancerName(directive: Directive, name: string, word?: Word): Refusal | undefined {
  if (behindScheme(name) !== undefined) return undefined;
  return refusal(directive, `"${name}" is no name of a balancer, such as "balancer://app"`, word);
}

export function isBalancerUrl(text: string): boolean {
  return schemeOf(text) === 'balancer';
}
