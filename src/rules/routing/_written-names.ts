/** Names of virtual hosts as they are written. */
import type { ServerName } from '../../model/model.ts';
import type { LostName } from '../../servers/apache/meaning/hosts.ts';

/** What `duplicate-server-name` reports. */
export function isSameText({ name, owner }: LostName): boolean {
  return owner.name.text.toLowerCase() === name.text.toLowerCase();
}

export function isCatchAll({ text }: ServerName): boolean {
  return text === '' || text === '_';
}
