/** Addresses of backends: what `proxy_pass` and its like have alike. */
import { schemeOf, withoutScheme } from '../../../../../model/scheme.ts';
import { ipv4Form } from '../../../../../model/network.ts';
import { placeIn, type Directive, type Word } from '../../../../../syntax/tree.ts';
import { isIpv4, isIpv6, urlAddress } from '../../../meaning/address.ts';
import { hasVariable } from '../../../meaning/values.ts';
import { isPlaceholder } from '../../../meaning/placeholder.ts';
import { defined } from '../../named-once.ts';
import { refuseForm } from '../../refuse.ts';
import { remembered, type NginxCheck, type Run } from '../../run.ts';

/** Backends named without a port: by the key under which an upstream of the name would be defined. */
const portless = remembered((): { readonly word: Word; readonly directive: Directive; readonly key: string }[] => []);

/** `fastcgi_pass`, `uwsgi_pass` and so on: an address, with one of the schemes before it. */
export function passCheck(
  schemes: readonly string[] = [],
  family: 'http' | 'stream' = 'http',
  variables = true,
): NginxCheck {
  return (directive, run) => {
    const word = directive.args[0];
    if (!word || (variables && hasVariable(word.value)) || isPlaceholder(word.value)) return;
    const scheme = schemeOf(word.value);
    const address = scheme !== undefined && schemes.includes(scheme) ? withoutScheme(word.value) : word.value;
    const { fault, brokenHost } = urlAddress(address, false);
    if (!fault) notePort(run, directive, word, family, address);
    if (brokenHost !== undefined) noteBroken(run, directive, word, family, brokenHost);
    else if (fault) refuseForm(run, directive, word, fault);
    else if (run.config.serversComplete && address === word.value && !/[:/]/.test(address)) {
      portless(run).push({ word, directive, key: `upstream ${family} ${address}` });
    }
  };
}

/** Backends with a port, by the key under which an upstream of the name would be defined. */
const ported = remembered((): { readonly word: Word; readonly directive: Directive; readonly key: string }[] => []);

/** Notes the address of a backend, which may be that of an upstream. */
export function notePort(run: Run, directive: Directive, word: Word, family: 'http' | 'stream', address: string): void {
  const name = /^([^:/[\]]+):\d+(?:\/|$)/.exec(address)?.[1];
  if (name) ported(run).push({ word, directive, key: `upstream ${family} ${name}` });
}

/** Backends that only an upstream of this name can be. */
const broken = remembered((): { readonly word: Word; readonly directive: Directive; readonly key: string }[] => []);

/** Notes a host that is neither an address nor a name, `brokenHost` of an address. */
export function noteBroken(run: Run, directive: Directive, word: Word, family: 'http' | 'stream', host: string): void {
  broken(run).push({ word, directive, key: `upstream ${family} ${host}` });
}

/** `host not found in upstream`. */
function checkBroken(run: Run): void {
  for (const { word, directive, key } of broken(run)) {
    if (!defined(run).has(key)) refuseForm(run, directive, word, ipv4Form);
  }
}

/** `upstream may not have port`. */
function checkPorted(run: Run): void {
  for (const { word, directive, key } of ported(run)) {
    const upstream = defined(run).get(key);
    if (upstream) refuseForm(run, directive, word, 'the name of an upstream without a port');
  }
}

/** `no port in upstream`, for names that are no upstream. */
export function checkPorts(run: Run): void {
  checkPorted(run);
  checkBroken(run);
  for (const { word, directive, key } of portless(run)) {
    if (defined(run).has(key)) continue;
    const data = { address: word.value };
    run.refusals.report({ rule: 'missing-directive', message: 'port', at: placeIn(directive, word), data });
  }
}

/** `ngx_http_upstream_bind_set_slot`. */
export const bind: NginxCheck = (directive, run) => {
  const [address, second] = directive.args as readonly [Word, Word?];
  if (address.value !== 'off' && !hasVariable(address.value) && !isSourceAddress(address.value)) {
    refuseForm(run, directive, address, '"off" or an IP address');
  }
  if (second && second.value !== 'transparent') refuseForm(run, directive, second, '"transparent"');
};

/** `ngx_parse_addr_port`. */
function isSourceAddress(text: string): boolean {
  const match = /^(?:\[([^\]]*)\]|([\d.]+))(?::(\d+))?$/.exec(text);
  if (!match) return isIpv6(text);
  return match[1] === undefined ? isIpv4(match[2]!) : isIpv6(match[1]);
}
