/** Paths and URLs of rewriting in a directory. */
import type { ApacheScope } from '../meaning/scope.ts';
import { schemeLength } from './rewrite-names.ts';
import { textOf, type Request } from './state.ts';
import { documentRoot } from './variables.ts';

/** The path that a section gives its configuration, with a slash at its end. */
export function directoryOf(request: Request, { directive }: ApacheScope): string | undefined {
  if (!directive) return undefined;
  const conditional = { if: '*If', elseif: '*ElseIf', else: '*Else' }[directive.key];
  const words = directive.args;
  const path =
    conditional ?? textOf(request.setting, words[0]?.value === '~' && words.length > 1 ? words[1] : words[0]);
  return path.endsWith('/') ? path : `${path}/`;
}

export function baseUrl(request: Request, scope: ApacheScope): string | undefined {
  const base = scope.own('rewritebase').at(-1);
  return base && textOf(request.setting, base.args[0]);
}

export function rebaseUrl(url: string, directory: string, base: string): string {
  const slash = url.indexOf('/', schemeLength(url));
  if (slash === -1 || slash + 1 === url.length) return url;
  return url.slice(0, slash + 1) + replacePrefix(url.slice(slash + 1), directory.slice(1), base.slice(1));
}

/** `subst_prefix_path`. */
function replacePrefix(text: string, prefix: string, by: string): string {
  const bare = prefix.replace(/\/$/, '');
  if (!text.startsWith(bare) || text[bare.length] !== '/') return text;
  return (by === '' || by.endsWith('/') ? by : `${by}/`) + text.slice(bare.length + 1);
}

/** The URL that the file name stands for: the base, or what is left without the document root. */
export function localUrl(request: Request, directory: string, base: string | undefined): string {
  const name = request.filename!;
  if (base !== undefined) return replacePrefix(name, directory, base);
  const root = documentRoot(request);
  return name.startsWith(`${root}/`) ? name.slice(root.length) : name;
}
