/** Which virtual host takes a request: `ap_update_vhost_from_headers` (server/vhost.c). */
import type { ServerName, VirtualHost } from '../../../model/model.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { Candidate } from '../../../model/candidate.ts';
import { giveUp } from '../../../model/unknown.ts';
import { matchesWildcards } from '../../../text/fnmatch.ts';
import type { HostSet, Placed } from './sockets.ts';

export interface HostChoice {
  readonly host: VirtualHost;
  readonly name: ServerName | undefined;
  readonly reason: string;
  readonly candidates: readonly Candidate[];
}

/** The first of the set whose ServerName or ServerAlias matches, then the first whose address is the name, else the first of all. */
export function selectHost({ placed, base }: HostSet, hostName: string): HostChoice {
  for (const each of placed) {
    const name = namesOf(each).find((candidate) => matches(candidate, hostName));
    if (!name) continue;
    const how = name.kind === 'exact' ? 'is the requested host' : 'matches the requested host';
    return { host: each.host, name, reason: `its name "${name.text}" ${how}`, candidates: [] };
  }
  const byAddress = placed.find(({ address }) => address.address === hostName);
  if (byAddress)
    return { host: byAddress.host, name: undefined, reason: 'its address is the requested host', candidates: [] };
  if (placed.length === 0)
    return { host: base, name: undefined, reason: 'no virtual host has this address and port', candidates: [] };
  const others = new Set(placed.map(({ host }) => host).filter((host) => host !== base && host.directive));
  return {
    host: base,
    name: undefined,
    reason: 'no name matches, and it is the first virtual host of the address',
    candidates: [...others].slice(0, 20).map((host) => ({
      text: hostText(host),
      place: headerOf(host.directive!),
      reason: 'no name of it matches',
    })),
  };
}

/** Without a ServerName of its own, the virtual host of a `*` address has that of the main server. */
function namesOf({ host, address }: Placed): readonly ServerName[] {
  const directive = host.scope.outer?.own('servername').at(-1);
  const word = directive?.args[0];
  if (!directive || !word || address.address !== '*' || host.scope.own('servername').length > 0) return host.names;
  const text = word.value.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/:\d+$/, '');
  return [{ text, kind: text.includes('${') ? 'unknown' : 'exact', directive, word }, ...host.names];
}

function matches(name: ServerName, hostName: string): boolean {
  if (name.kind === 'unknown') return giveUp(`The name "${name.text}" of a virtual host is not known.`);
  const text = toBytes(name.text).toLowerCase();
  return name.kind === 'exact' ? text === hostName : matchesWildcards(text, hostName);
}

export function hostText(host: VirtualHost): string {
  if (!host.directive) return 'the main server';
  const names = host.names.map(({ text }) => text).join(' ');
  return `<VirtualHost ${host.directive.args.map(({ raw }) => raw).join(' ')}> ${names || '(without ServerName)'}`;
}

/** Host and port of a Host header; undefined: refused with 400 (`fix_hostname`, strict). */
export function parseHost(text: string): { readonly name: string; readonly port: number | undefined } | undefined {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]*)(?::(\d*))?$/.exec(text);
  if (!match || /^\d*$/.test(text)) return undefined;
  const name = match[1]!.toLowerCase().replace(/\.$/, '');
  if (match[1] === '.' || name.includes('..') || name.startsWith('.')) return undefined;
  const port = match[2] ? Number(match[2]) : undefined;
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  return { name, port };
}
