/** What the name of a file says: which dialect it may hold. */
import type { Dialect } from '../../syntax/tree.ts';
import { servers } from '../index.ts';
import type { HintStrength } from './marks.ts';
import { plainName } from './names.ts';

export interface Hint {
  readonly dialect: Dialect;
  readonly strength: Exclude<HintStrength, 'none'>;
}

/** The rarer ones first: one file speaks of both in its name where one server stands before the other. */
const rareFirst = servers.toReversed();

/** What the name suggests. The file's own name counts more than that of a folder around it. */
export function hintOf(path: string): Hint | undefined {
  const name = plainName(path);
  const byName = ownerOf(name) ?? rareFirst.find(({ names }) => names.part.test(name));
  if (byName) return { dialect: byName.dialect, strength: 'name' };
  const folders = path.toLowerCase();
  const byFolder = rareFirst.find(({ names }) => names.folder?.test(folders));
  return byFolder && { dialect: byFolder.dialect, strength: 'folder' };
}

function ownerOf(name: string): (typeof servers)[number] | undefined {
  return servers.find(({ names }) => names.own.includes(name));
}

/** Whether a file of that name would be a config even with nothing in it. */
export function isConfigName(path: string): boolean {
  const name = plainName(path);
  if (/(?:\.(?:conf|cfg|types|vhost|nginx|inc)|^\.?htaccess\S*)$/.test(name) || ownerOf(name)) return true;
  // `nginx.tmpl`, but not `/etc/default/nginx`.
  return /^(?:nginx|httpd|apache2?)$/.test(name) && !path.toLowerCase().endsWith(`/${name}`);
}
