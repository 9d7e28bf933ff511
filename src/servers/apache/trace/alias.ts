/** Redirect and Alias as they map a path: `translate_alias_redir` (modules/mappers/mod_alias.c). */
import type { ApacheScope } from '../meaning/scope.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import { evaluateText } from './expr.ts';
import { listedRedirect, sectionRedirect } from './redirect.ts';
import type { HookResult } from './rewrite-hooks.ts';
import { levelsOf, chooseMapping, isOn, regexOf, substitute, taken, textOf, type Request } from './state.ts';
import { prefixLength } from './uri.ts';
import { absolutePath } from './variables.ts';

/** `translate_alias_redir`. */
export function translateAlias(request: Request): HookResult {
  if (!request.uri.startsWith('/') && request.uri !== '') return 'declined';
  refuseOtherMappings(request);
  const levels = levelsOf(request.setting.base).reverse();
  const redirected = sectionRedirect(request) ?? listedRedirect(request, levels);
  if (redirected !== undefined) return redirected;
  const alias = sectionAlias(request) ?? listedAlias(request, levels);
  if (alias === undefined) return 'declined';
  request.filename = absolutePath(request, alias).replace(/\/{2,}/g, '/');
  return 'ok';
}

const isAlias = (key: string): boolean => /^(?:script)?alias(?:match)?$/.test(key);

/** The innermost Alias of a section that names no path. */
function sectionAlias(request: Request): string | undefined {
  const levels = levelsOf(request.scope).slice(levelsOf(request.setting.base).length).reverse();
  for (const scope of levels) {
    const item = scope.level.items.findLast(({ directive }) => isAlias(directive.key) && directive.args.length === 1);
    if (!item) continue;
    const directive = taken(request.setting, item);
    if (isOn(request, 'aliaspreservepath', false)) giveUp('"AliasPreservePath" is not traced.');
    return useAlias(request, directive, evaluateText(request, textOf(request.setting, directive.args[0])));
  }
  return undefined;
}

function listedAlias(request: Request, levels: readonly ApacheScope[]): string | undefined {
  for (const scope of levels)
    for (const item of scope.level.items) {
      if (!isAlias(item.directive.key) || item.directive.args.length < 2) continue;
      const [from, to] = item.directive.args.map((word) => textOf(request.setting, word)) as [string, string];
      const found = item.directive.key.endsWith('match')
        ? aliasMatch(request, from, to)
        : aliasPrefix(request, from, to);
      if (found !== undefined) return useAlias(request, taken(request.setting, item), found);
    }
  return undefined;
}

function aliasPrefix(request: Request, from: string, to: string): string | undefined {
  const length = prefixLength(request.uri, from);
  return length === 0 ? undefined : to + request.uri.slice(length);
}

function aliasMatch(request: Request, from: string, to: string): string | undefined {
  const match = regexOf(from).exec(request.uri);
  return match ? substitute(to, match) : undefined;
}

function useAlias(request: Request, directive: Directive, path: string): string {
  if (directive.key.startsWith('script')) {
    request.handler = 'cgi-script';
    request.notes.add('alias-forced-type');
  }
  chooseMapping(request, directive, `it maps "${request.uri}" to ${path}`);
  return path;
}

/** Directives of modules that map paths in ways of their own. */
function refuseOtherMappings(request: Request): void {
  const keys = [
    'virtualdocumentroot',
    'virtualdocumentrootip',
    'virtualscriptalias',
    'virtualscriptaliasip',
    ...(request.uri.startsWith('/~') ? ['userdir'] : []),
  ];
  for (const key of keys) {
    const [directive] = request.scope.effective(key);
    if (directive) giveUp(`"${directive.name.value}" maps paths, which is not traced.`);
  }
}
