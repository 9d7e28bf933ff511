/** Environment variables of a request: mod_setenvif and mod_env. */
import type { Item } from '../meaning/levels.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import { giveUp } from '../../../model/unknown.ts';
import { evaluateExpression } from './expr.ts';
import { levelsOf, regexOf, substitute, taken, textOf, type Request } from './state.ts';
import { clientAddress, requestHeader } from './variables.ts';

const keys = /^(?:setenvif|setenvifnocase|browsermatch|browsermatchnocase|setenvifexpr)$/;

/** `match_headers`: those of the server when the request was read, those of sections after they were merged. */
export function setEnvironmentIf(request: Request, scopes: readonly ApacheScope[]): void {
  for (const { level } of scopes)
    for (const item of level.items) if (keys.test(item.directive.key)) applyCondition(request, item);
}

function applyCondition(request: Request, item: Item): void {
  const { setting } = request;
  const { key, args } = item.directive;
  const words = args.map((word) => textOf(setting, word));
  if (key === 'setenvifexpr') {
    const { value, captures } = evaluateExpression(request, words[0] ?? '');
    if (value) assign(request, item, words.slice(1), captures);
    return;
  }
  const browser = key.startsWith('browser');
  const [attribute = '', pattern = '', ...names] = browser ? ['User-Agent', ...words] : words;
  const match = regexOf(pattern, key.endsWith('nocase')).exec(attributeOf(request, attribute));
  if (match) assign(request, item, names, isPlain(pattern) ? undefined : match);
}

/** A pattern without metacharacters is searched as plain text, and then `$1` in a value is plain too (`non_regex_pattern`). */
function isPlain(pattern: string): boolean {
  return /^(?:[^\\^.$|()[\]*+?{}]|\\[\\^.$|()[\]*+?{}])*$/.test(pattern);
}

function assign(
  request: Request,
  item: Item,
  names: readonly string[],
  captures: readonly (string | undefined)[] | undefined,
): void {
  taken(request.setting, item);
  for (const name of names) {
    const equals = name.indexOf('=');
    if (name.startsWith('!')) request.env.delete(name.slice(1));
    else if (equals === -1) request.env.set(name, '1');
    else {
      const value = name.slice(equals + 1);
      request.env.set(name.slice(0, equals), captures ? substitute(value, captures) : value);
    }
  }
}

function attributeOf(request: Request, attribute: string): string {
  switch (attribute.toLowerCase()) {
    case 'remote_addr':
      return clientAddress(request, attribute);
    case 'request_uri':
      return request.uri;
    case 'request_method':
      return request.method;
    case 'request_protocol':
      return `HTTP/${request.setting.request.httpVersion ?? '1.1'}`;
    case 'remote_host':
    case 'server_addr':
      return giveUp(`"${attribute}" is not known before the request runs.`);
    default:
      break;
  }
  if (!/^[\w-]+$/.test(attribute)) {
    const regex = regexOf(attribute, true);
    return request.headersIn.entries.findLast(({ name }) => regex.test(name))?.value ?? '';
  }
  return requestHeader(request, attribute) ?? request.env.get(attribute) ?? '';
}

/** SetEnv, PassEnv and UnsetEnv, which act when the path was mapped. */
export function fixupEnvironment(request: Request): void {
  const variables = new Map<string, string | undefined>();
  for (const { level } of levelsOf(request.scope))
    for (const item of level.items) {
      const { key } = item.directive;
      if (key !== 'setenv' && key !== 'unsetenv' && key !== 'passenv') continue;
      const [name = '', value = ''] = taken(request.setting, item).args.map((word) => textOf(request.setting, word));
      if (key === 'setenv') variables.set(name, value);
      else if (key === 'passenv') variables.set(name, undefined);
      else variables.delete(name);
    }
  for (const [name, value] of variables) request.env.set(name, value);
  if (request.setting.request.scheme === 'https') request.env.set('HTTPS', 'on');
}
