/** Which file the parameters of nginx name to PHP. */
import { unknown, type Scope, type Unknown } from '../../model/model.ts';
import type { Confidence } from '../finding.ts';
import type { Directive } from '../../syntax/tree.ts';

/**
 * Where nothing names the script, how sure that is: the list that is in force is all there is, or it comes from a file of the distribution that was not
 * read. Unknown: something that was not read may name it.
 */
export function nameLevel(scope: Scope): Confidence | Unknown {
  for (let level: Scope | undefined = scope; level; level = level.outer) {
    const params = level.own('fastcgi_param');
    if (params.some(({ args }) => args[0]?.value.toUpperCase() === 'PATH_TRANSLATED')) return unknown;
    const unread = level.own('include').filter(isUnread);
    const files = unread.map(({ args }) => args[0]?.value.replace(/^.*\//s, '') ?? '');
    if (files.some((file) => file !== 'fastcgi_params' && file !== 'mime.types')) return unknown;
    if (files.includes('fastcgi_params')) return 'medium';
    if (params.length > 0) return level.open ? unknown : 'high';
    if (level.open) return unknown;
  }
  const certainty = scope.certainty('fastcgi_param');
  return certainty === 'known' ? 'high' : certainty === 'surroundings' ? 'medium' : unknown;
}

function isUnread({ included, includeFailure }: Directive): boolean {
  return !included || (includeFailure !== undefined && includeFailure.reason !== 'no-match');
}

/** A path of which the file, the root and the path behind each other, names the location twice; without both where its alias is of a pattern. */
export interface DoubledPath {
  readonly alias: Directive;
  readonly request?: { readonly path: string; readonly file: string };
}

/** Undefined where the root and the path of the request behind each other may name the script. */
export function doubledPath(scope: Scope): DoubledPath | undefined {
  const alias = scope.effective('alias').at(-1);
  const location = alias?.parent.owner;
  if (location?.key !== 'location' || !alias?.args[0] || changesPath(scope, location)) return undefined;
  const [first, second] = location.args;
  const modifier = second ? first!.value : '';
  if (modifier.startsWith('~')) return alias.args[0].value.includes('$') ? { alias } : undefined;
  const prefix = (second ?? first)?.value ?? '';
  if (!/^\/[\w.-][\w./-]*$/.test(prefix) || alias.args[0].value.includes('$')) return undefined;
  const path = modifier === '=' ? prefix : `${prefix.replace(/\/$/, '')}/index.php`;
  return { alias, request: { path, file: `${alias.args[0].value}${path}` } };
}

/** Up to the location of the alias something makes another path of the request, or other parts of it. */
function changesPath(scope: Scope, location: Directive): boolean {
  const split = scope.effective('fastcgi_split_path_info').at(-1)?.args[0]?.value;
  if (split !== undefined && !split.startsWith('^(')) return true;
  for (let level: Scope | undefined = scope; level; level = level.outer) {
    if (level.open || level.own('rewrite').length > 0) return true;
    if (level.directive === location) return false;
  }
  return true;
}
