/** Values of `geo` variables (src/http/modules/ngx_http_geo_module.c). */
import { contains, parseNetwork, type Network } from '../../../model/network.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import { children } from '../../../syntax/walk.ts';
import { forwardedAddress } from './real-ip.ts';

/** What is no address counts as this one (`INADDR_NONE`). */
const noAddress = parseNetwork('255.255.255.255')!;

/** `source`: the address as text; `forwarded`: the values of X-Forwarded-For. */
export function geoValue(geo: Directive, source: string, forwarded: readonly string[]): string {
  const entries = (geo.block ? children(geo.block) : []).filter(({ key }) => key !== 'volatile');
  if (entries.some(({ key, included }) => key === 'include' && !included))
    giveUp('A file included by a "geo" was not read.');
  const address = parseNetwork(throughProxies(entries, source, forwarded)) ?? noAddress;
  if (address.bits === 128 && address.address >> 32n === 0xffffn)
    giveUp('An IPv4 address in the form of IPv6 is not traced.');
  const byRange = entries.some(({ key, args }) => key === 'ranges' && args.length === 0);
  return toBytes(byRange ? rangeValue(entries, address) : networkValue(entries, address));
}

/** With `proxy`, the address is the one that a trusted proxy names. */
function throughProxies(entries: readonly Directive[], source: string, forwarded: readonly string[]): string {
  const proxies = entries.flatMap(({ key, args }) =>
    key === 'proxy' ? (parseNetwork(args[0]?.value ?? '') ?? []) : [],
  );
  if (proxies.length === 0) return source;
  const recursive = entries.some(({ key }) => key === 'proxy_recursive');
  return forwardedAddress(source, forwarded, proxies, recursive) ?? source;
}

/** The longest prefix wins, of the same the last; `default` is the whole net. */
function networkValue(entries: readonly Directive[], address: Network): string {
  const values = new Map<string, { readonly network: Network; readonly value: string }>();
  for (const { key, name, args } of entries) {
    if (key === 'proxy' || key === 'proxy_recursive') continue;
    const text = key === 'delete' ? (args[0]?.value ?? '') : name.value;
    for (const network of text === 'default' ? wholeNets : [parseNetwork(text)]) {
      if (!network) continue;
      const id = `${network.bits} ${network.address >> BigInt(network.bits - network.prefix)}/${network.prefix}`;
      if (key === 'delete') values.delete(id);
      else values.set(id, { network, value: args[0]?.value ?? '' });
    }
  }
  let best: { readonly network: Network; readonly value: string } | undefined;
  for (const each of values.values())
    if (contains(each.network, address) && each.network.prefix >= (best?.network.prefix ?? 0)) best = each;
  return best?.value ?? '';
}

const wholeNets = [parseNetwork('0.0.0.0/0'), parseNetwork('::/0')];

/** IPv4 only. A range within another one takes its part of it. */
function rangeValue(entries: readonly Directive[], address: Network): string {
  const fallback = entries.findLast(({ key }) => key === 'default')?.args[0]?.value ?? '';
  if (address.bits === 128) return fallback;
  let value = fallback;
  for (const { key, name, args } of entries) {
    const [from, to] = (key === 'delete' ? (args[0]?.value ?? '') : name.value)
      .split('-')
      .map((end) => parseNetwork(end));
    if (!from || !to || address.address < from.address || address.address > to.address) continue;
    if (key === 'delete') giveUp('"delete" among the ranges of a "geo" is not traced.');
    value = args[0]?.value ?? '';
  }
  return value;
}
