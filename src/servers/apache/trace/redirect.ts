/** Redirect of server and sections (modules/mappers/mod_alias.c). */
import type { ApacheScope } from '../meaning/scope.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { evaluateText } from './expr.ts';
import { isRedirection } from './requests.ts';
import type { HookResult } from './rewrite-hooks.ts';
import { levelsOf, chooseMapping, isOn, regexOf, substitute, taken, textOf, type Request } from './state.ts';
import { escapeUri, prefixLength } from './uri.ts';
import { ownUrl } from './variables.ts';
import { schemeOf } from '../../../model/scheme.ts';
import { wordTable } from '../../../text/word-table.ts';

/** `fixup_redir`: the redirects of sections, which may have changed since. */
export function fixupRedirect(request: Request): HookResult {
  const levels = levelsOf(request.scope).slice(levelsOf(request.setting.base).length).reverse();
  return sectionRedirect(request) ?? listedRedirect(request, levels) ?? 'declined';
}

interface RedirectArguments {
  readonly status: number;
  readonly words: readonly Word[];
}

const namedStatus: Readonly<Record<string, number>> = wordTable({
  permanent: 301,
  temp: 302,
  seeother: 303,
  gone: 410,
});

function redirectArguments(request: Request, directive: Directive): RedirectArguments {
  if (directive.key === 'redirectpermanent') return { status: 301, words: directive.args };
  if (directive.key === 'redirecttemp') return { status: 302, words: directive.args };
  const first = textOf(request.setting, directive.args[0]).toLowerCase();
  const status = namedStatus[first] ?? (/^\d/.test(first) ? Number.parseInt(first, 10) : undefined);
  return status === undefined ? { status: 302, words: directive.args } : { status, words: directive.args.slice(1) };
}

const isRedirect = (key: string): boolean => /^redirect(?:match|permanent|temp)?$/.test(key);

/** The innermost Redirect of a section that names no path. */
export function sectionRedirect(request: Request): HookResult | undefined {
  const levels = levelsOf(request.scope).slice(levelsOf(request.setting.base).length).reverse();
  for (const scope of levels)
    for (const item of scope.level.items.toReversed()) {
      if (!isRedirect(item.directive.key)) continue;
      const { status, words } = redirectArguments(request, item.directive);
      if (words.length !== (isRedirection(status) ? 1 : 0)) continue;
      const directive = taken(request.setting, item);
      const url = words[0] && escapeTarget(evaluateText(request, textOf(request.setting, words[0])));
      return answer(request, directive, status, url ?? '');
    }
  return undefined;
}

/** The first Redirect with a path that matches; the own ones of a level come before those around it. */
export function listedRedirect(request: Request, levels: readonly ApacheScope[]): HookResult | undefined {
  for (const scope of levels)
    for (const item of scope.level.items) {
      if (!isRedirect(item.directive.key)) continue;
      const { status, words } = redirectArguments(request, item.directive);
      const [from, to] = words.map((word) => textOf(request.setting, word));
      if (from === undefined || (to === undefined) === isRedirection(status)) continue;
      const found =
        item.directive.key === 'redirectmatch' ? redirectMatch(request, from, to) : redirectPrefix(request, from, to);
      if (found !== undefined) return answer(request, taken(request.setting, item), status, found);
    }
  return undefined;
}

function redirectPrefix(request: Request, from: string, to: string | undefined): string | undefined {
  const length = prefixLength(request.uri, from);
  return length === 0 ? undefined : (to ?? '') + escapeUri(request.uri.slice(length));
}

function redirectMatch(request: Request, from: string, to: string | undefined): string | undefined {
  const match = regexOf(from).exec(request.uri);
  if (!match) return undefined;
  return to === undefined ? '' : escapeTarget(substitute(to, match));
}

/** The path is escaped, query and fragment are not. */
function escapeTarget(url: string): string {
  const match = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url)!;
  return `${escapeUri(match[1]!)}${match[2] ?? ''}${match[3] ?? ''}`;
}

function answer(request: Request, directive: Directive, status: number, target: string): HookResult {
  chooseMapping(request, directive, `it matches "${request.uri}"`);
  if (!isRedirection(status)) return status;
  let url = target;
  if (!(isOn(request, 'redirectrelative', false) && url.startsWith('/'))) {
    if (url.startsWith('/')) url = ownUrl(request, url);
    if (schemeOf(url) === undefined) return 500;
  }
  if (request.args !== undefined && !url.includes('?')) url += `?${request.args}`;
  request.location = url;
  return status;
}
