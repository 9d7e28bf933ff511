/** The versions of TLS that a virtual host offers. */
import { unknown, type Tls } from './model.ts';

/** None without TLS; undefined where it cannot be told, or depends on the version of the server. */
export function offeredVersions({ enabled, protocols, defaults }: Tls): readonly string[] | undefined {
  if (enabled === unknown) return undefined;
  if (!enabled) return [];
  if (protocols.origin !== 'default') return protocols.value === unknown ? undefined : protocols.value;
  return defaults.length === 1 ? defaults[0]!.protocols : undefined;
}

/** The lists that one of the versions of the server which the config may be for offers; empty where none can be told. */
export function possibleLists({ protocols, defaults }: Tls): readonly (readonly string[])[] {
  if (defaults.length > 0) return defaults.map((each) => each.protocols);
  return protocols.value === unknown ? [] : [protocols.value];
}

/** With TLS or without: those that one of the versions of the server which the config may be for offers. Undefined where it cannot be told. */
export function possibleVersions(tls: Tls): readonly string[] | undefined {
  const lists = possibleLists(tls);
  return lists.length === 0 ? undefined : [...new Set(lists.flat())];
}
