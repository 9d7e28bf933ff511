/** Tells a file of another kind, which an include names by mistake or to have its text printed. */
import { apacheDirective } from '../apache/facts/index.ts';
import { nginxDirectives } from '../nginx/facts/index.ts';
import type { ConfigFile } from '../../syntax/tree.ts';

/**
 * Whether an included file is surely no config: no server knows a word of it, and it has not the form of one. Passwords, keys and
 * environments are of that kind; the entries of a `map`, or directives of an unknown module, are not.
 */
export function isForeign({ dialect, root, source, problems }: ConfigFile): boolean {
  const { directives } = root;
  if (source.template !== undefined) return false;
  switch (dialect) {
    case 'nginx': {
      if (problems.length === 0 || directives.some(({ key }) => nginxDirectives(key).length > 0)) return false;
      const whole = directives.filter(({ block, terminator }) => block?.close !== undefined || terminator === ';');
      return whole.length < problems.length;
    }
    case 'apache':
      if (directives.some(({ key }) => apacheDirective(key))) return false;
      return directives.some(({ name }) => !/^<?\/?[a-z]\w*>?$/i.test(name.value));
    case 'sslh':
      return false;
  }
}
