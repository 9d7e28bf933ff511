import type { Directive } from '../../syntax.ts';

/** Files that packages ship and whose content is known: what they may set, none for tables of types and parameters. */
const knownFiles: Readonly<Record<string, RegExp | undefined>> = {
  'mime.types': undefined,
  fastcgi_params: undefined,
  'fastcgi.conf': undefined,
  'fastcgi-php.conf': undefined,
  uwsgi_params: undefined,
  scgi_params: undefined,
  'koi-utf': undefined,
  'koi-win': undefined,
  'win-utf': undefined,
  'naxsi_core.rules': undefined,
  'options-ssl-nginx.conf': /^ssl_/,
  'snakeoil.conf': /^ssl_/,
};

/**
 * Whether something stands here that could not be read and may set directives of this key (without a key: any): an include that was not
 * expanded, or a placeholder of a template in the place of a directive.
 */
export function mayAdd(directive: Directive, key?: string): boolean {
  if (directive.key !== 'include') return isPlaceholder(directive.key);
  if (directive.included && !directive.includeFailure) return false;
  if (directive.includeFailure?.reason === 'cycle') return false;
  const path = directive.args[0]?.value ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!(name in knownFiles)) return true;
  const content = knownFiles[name];
  return content !== undefined && (key === undefined || content.test(key));
}

/** `{{ x }}`, `<%= x %>`, `${X}`, `%%X%%`, `@X@`: names of directives begin with a letter. */
function isPlaceholder(key: string): boolean {
  const first = key.charCodeAt(0);
  return !((first >= 97 && first <= 122) || (first >= 65 && first <= 90));
}
