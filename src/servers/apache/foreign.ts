import type { ConfigFile } from '../../syntax/tree.ts';
import { apacheDirective } from './facts/index.ts';

/** Whether an included file is surely no config of httpd: it knows no word of it, and not all could be names of directives. */
export function isForeignToApache({ root: { directives } }: ConfigFile): boolean {
  if (directives.some(({ key }) => apacheDirective(key))) return false;
  return directives.some(({ name }) => !/^<?\/?[a-z]\w*>?$/i.test(name.value));
}
