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
  const byWildcard = names.wildcards.get(matchWildcard([...names.wildcards.keys()], hostName) ?? '');
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

/**
 * The first to claim a name keeps it; nginx ignores later ones with a warning. `.example.com` claims both `example.com` and
 * `*.example.com`, and is ignored as a whole if either is taken; but `ngx_hash_add_key` has claimed the exact name before it
 * notices that the wildcard is taken.
 */
function namesInForce(listener: Listener): NameOfHost[] {
  const taken = new Set<string>();
  const claim = (key: string): boolean => {
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  };
  return listener.virtualHosts
    .flatMap((host) => host.names.map((name) => ({ host, name })))
    .filter(({ name }) => {
      const text = name.text.toLowerCase();
      if (name.kind === 'regex' || name.kind === 'unknown') return true;
      return text.startsWith('.') ? claim(text.slice(1)) && claim(`*${text}`) : claim(text);
    });
}

function chosen(entry: NameOfHost, reason: string): HostChoice {
  return { host: entry.host, name: entry.name, reason, captures: undefined, candidates: [] };
}
