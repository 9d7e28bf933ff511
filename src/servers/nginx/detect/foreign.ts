/** Tells a file of another kind, which an include names by mistake or to have its text printed. */
import type { ConfigFile } from '../../../syntax/tree.ts';
import { nginxDirectives } from '../facts/index.ts';

/**
 * Whether an included file is surely no config of nginx: it knows no word of it, and it has not the form of one. Passwords, keys and
 * environments are of that kind; the entries of a `map`, or directives of an unknown module, are not.
 */
export function isForeignToNginx({ root: { directives }, problems }: ConfigFile): boolean {
  if (problems.length === 0 || directives.some(({ key }) => nginxDirectives(key).length > 0)) return false;
  const whole = directives.filter(({ block, terminator }) => block?.close !== undefined || terminator === ';');
  return whole.length < problems.length;
}
