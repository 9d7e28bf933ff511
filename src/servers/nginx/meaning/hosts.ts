/** Which virtual host takes a request: `ngx_http_find_virtual_server`. */
import type { RegexMatch } from '../../../regex/match.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import type { Listener, ServerName, VirtualHost } from '../../../model/model.ts';
import { toBytes } from '../../../text/bytes.ts';
import { giveUp } from '../../../model/unknown.ts';
import { headerOf } from '../../../syntax/tree.ts';
import type { Candidate } from '../../../model/candidate.ts';
import { matchWildcard } from './wildcard.ts';

export interface HostChoice {
  readonly host: VirtualHost;
  readonly name: ServerName | undefined;
  readonly reason: string;
  readonly captures: RegexMatch | undefined;
  readonly candidates: readonly Candidate[];
}

export function selectHost(listener: Listener, hostName: string): HostChoice {
  const names = namesOf(listener);
  const exact = names.exact.get(hostName);
  if (exact) return chosen(exact, 'its server_name is the requested host');
  const byWildcard = names.wildcards.get(matchWildcard(names.wildcards, hostName) ?? '');
  if (byWildcard)
    return chosen(byWildcard, `its server_name "${byWildcard.name.text}" is the longest wildcard that matches`);
  for (const entry of names.others) {
    if (entry.name.kind === 'unknown')
      giveUp(`The server_name "${entry.name.text}" is not known before the request runs.`);
    const pattern = toBytes(entry.name.text.slice(1));
    // Server name patterns with a letter are compiled case-insensitively.
    const regex = compilePcre(pattern, true) ?? giveUp(`The pattern "${entry.name.text}" is beyond this tracer.`);
    const match = regex.exec(hostName);
    if (match)
      return {
        ...chosen(entry, `its server_name "${entry.name.text}" is the first regular expression that matches`),
        captures: match,
      };
  }
  const explicit = listener.explicitDefault !== undefined;
  return {
    host: listener.defaultHost,
    name: undefined,
    reason: explicit
      ? 'no server_name matches, and it is the default_server of the address'
      : 'no server_name matches, and it is the first server of the address',
    captures: undefined,
    candidates: listener.virtualHosts
      .filter((host) => host !== listener.defaultHost && host.directive)
      .slice(0, 20)
      .map((host) => ({
        text: `server ${host.names.map((name) => name.text).join(' ') || '(without server_name)'}`,
        place: headerOf(host.directive!),
        reason: 'no server_name of it matches',
      })),
  };
}

interface NameOfHost {
  readonly host: VirtualHost;
  readonly name: ServerName;
}

/** The names of a listener as they are asked; made once. Keys in lower case. */
interface Names {
  readonly exact: ReadonlyMap<string, NameOfHost>;
  readonly wildcards: ReadonlyMap<string, NameOfHost>;
  /** Regular expressions and names that are not known. */
  readonly others: readonly NameOfHost[];
}

const byListener = new WeakMap<Listener, Names>();

function namesOf(listener: Listener): Names {
  let names = byListener.get(listener);
  if (!names) byListener.set(listener, (names = sortNames(namesInForce(listener))));
  return names;
}

function sortNames(all: readonly NameOfHost[]): Names {
  const exact = new Map<string, NameOfHost>();
  const wildcards = new Map<string, NameOfHost>();
  const others: NameOfHost[] = [];
  for (const entry of all) {
    const { kind, text } = entry.name;
    const key = toBytes(text).toLowerCase();
    if (kind === 'exact') exact.set(key, entry);
    else if (kind === 'regex' || kind === 'unknown') others.push(entry);
    else if (!wildcards.has(key)) wildcards.set(key, entry);
  }
  return { exact, wildcards, others };
}

function namesInForce(listener: Listener): NameOfHost[] {
  const lost = new Set(lostNames(listener).map(({ name }) => name));
  return listener.virtualHosts
    .flatMap((host) => host.names.map((name) => ({ host, name })))
    .filter(({ name }) => !lost.has(name));
}

/** A name that nginx ignores with a warning, and what has claimed it, or a part of it, before. */
export interface LostName extends NameOfHost {
  readonly owner: NameOfHost;
}

/**
 * The first to claim a name keeps it. `.example.com` claims both `example.com` and `*.example.com`, and is ignored as a whole if either is
 * taken; but `ngx_hash_add_key` has claimed the exact name before it notices that the wildcard is taken.
 */
export function lostNames(listener: Listener): readonly LostName[] {
  let lost = lostByListener.get(listener);
  if (!lost) lostByListener.set(listener, (lost = findLost(listener)));
  return lost;
}

const lostByListener = new WeakMap<Listener, readonly LostName[]>();

function findLost({ virtualHosts }: Listener): LostName[] {
  const lost: LostName[] = [];
  const claims = new Map<string, NameOfHost>();
  for (const host of virtualHosts) {
    for (const name of host.names) {
      const named = { host, name };
      for (const key of claimsOf(name)) {
        const owner = claims.get(key);
        if (!owner) claims.set(key, named);
        else {
          lost.push({ ...named, owner });
          break;
        }
      }
    }
  }
  return lost;
}

/** Expressions claim nothing: the first that matches is taken. */
function claimsOf({ kind, text }: ServerName): string[] {
  if (kind === 'regex' || kind === 'unknown') return [];
  const name = text.toLowerCase();
  return name.startsWith('.') ? [name.slice(1), `*${name}`] : [name];
}

function chosen(entry: NameOfHost, reason: string): HostChoice {
  return { host: entry.host, name: entry.name, reason, captures: undefined, candidates: [] };
}
