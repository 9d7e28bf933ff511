import { unknown, type VirtualHost } from '../model/model.ts';

/** Those that a virtual host offers; undefined where it cannot be told, or depends on the version of the server. */
export function versionsOf({ tls: { enabled, protocols, defaults } }: VirtualHost): readonly string[] | undefined {
  if (enabled === unknown) return undefined;
  if (!enabled) return [];
  if (protocols.origin !== 'default') return protocols.value === unknown ? undefined : protocols.value;
  return defaults.length === 1 ? defaults[0]!.protocols : undefined;
}
