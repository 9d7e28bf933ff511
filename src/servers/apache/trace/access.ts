/** Who may: `Require` (mod_authz_core.c), `Order`, `Allow`, `Deny`, `Satisfy` (mod_access_compat.c), authentication. */
import type { Item } from '../meaning/levels.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { giveUp } from '../../../model/unknown.ts';
import { inNetwork, limitedTo } from './client.ts';
import { evaluateRequirements } from './require.ts';
import { levelsOf, settingOf, step, taken, textOf, valueOf, type Request } from './state.ts';

const compatKeys = new Set(['order', 'allow', 'deny', 'satisfy']);

/** Undefined: let through. Else the status. */
export function checkAccess(request: Request): number | undefined {
  const early = methodRefused(request) ?? certificateRefused(request);
  const compat = levelsOf(request.scope).findLast(({ level }) => level.items.some(namesCompat));
  const directives = compat ? compatDirectives(request, compat.level.items) : [];
  const any = directives.some(
    ({ key, args }) => key === 'satisfy' && textOf(request.setting, args[0]).toLowerCase() === 'any',
  );
  const refused = addressRefused(request, directives);
  const plain = sslRefused(request);
  if (early !== undefined || plain) {
    if (any) giveUp('"Satisfy Any" beside AllowMethods or SSLRequireSSL is not traced.');
    return early ?? 403;
  }
  if (any && !refused) return undefined;
  if (!any && refused) return 403;
  return authorize(request);
}

/** `am_check_access`: 405 for a method that the innermost AllowMethods does not name. */
function methodRefused(request: Request): number | undefined {
  for (const scope of levelsOf(request.scope).reverse()) {
    const own = scope.own('allowmethods');
    if (own.length === 0) continue;
    const words = own.map(({ args }) => args.map((word) => textOf(request.setting, word).toUpperCase()));
    const reset = words.findLastIndex((line) => line.length === 1 && line[0] === 'RESET');
    const allowed = words.slice(reset + 1).flat();
    if (allowed.length === 0) return undefined;
    if (allowed.map(asGet).includes(asGet(request.method))) return undefined;
    step(request, `AllowMethods does not name ${request.method}.`, own.at(-1));
    return 405;
  }
  return undefined;
}

const asGet = (method: string): string => (method === 'HEAD' ? 'GET' : method);

function sslRefused(request: Request): boolean {
  const directive = settingOf(request, 'sslrequiressl');
  if (!directive || request.setting.request.scheme === 'https') return false;
  step(request, 'SSLRequireSSL refuses a request without TLS.', directive);
  return true;
}

/** A certificate that a section asks for, over TLS. */
function certificateRefused(request: Request): undefined {
  const inSections = levelsOf(request.scope).slice(levelsOf(request.setting.base).length);
  const asked = inSections.flatMap((scope) => scope.own('sslverifyclient')).at(-1);
  if (asked && textOf(request.setting, asked.args[0]).toLowerCase() === 'require')
    giveUp('What a section asks of the certificate of the client is not traced.');
  return undefined;
}

/** A level takes the place of those around it also by what it says of other methods. */
function namesCompat({ directive }: Item): boolean {
  const { key, block } = directive;
  if (compatKeys.has(key)) return true;
  return (
    block !== undefined &&
    (key === 'limit' || key === 'limitexcept') &&
    children(block).some((inner) => compatKeys.has(inner.key))
  );
}

function compatDirectives(request: Request, items: ApacheScope['level']['items']): Directive[] {
  return items.flatMap((item) => {
    const { directive } = item;
    if (compatKeys.has(directive.key)) return [taken(request.setting, item)];
    return limitedTo(request, directive) && directive.block
      ? children(directive.block).filter(({ key }) => compatKeys.has(key))
      : [];
  });
}

/** `check_dir_access`. */
function addressRefused(request: Request, directives: readonly Directive[]): boolean {
  const order = directives.findLast(({ key }) => key === 'order');
  const how = order ? textOf(request.setting, order.args[0]).toLowerCase() : 'deny,allow';
  const matches = (key: string): boolean =>
    directives.some((directive) => directive.key === key && isListed(request, directive));
  const refused = how === 'deny,allow' ? matches('deny') && !matches('allow') : !matches('allow') || matches('deny');
  const text = `Order ${how} ${refused ? 'refuses' : 'lets in'} the client.`;
  if (directives.length > 0) step(request, text, order ?? directives[0], refused ? 'refuse' : undefined);
  return refused;
}

function isListed(request: Request, { args }: Directive): boolean {
  return args.slice(1).some((word) => {
    const text = textOf(request.setting, word).toLowerCase();
    if (text === 'all') return true;
    const variable = /^env=(!?)(.*)$/.exec(textOf(request.setting, word));
    if (variable) return request.env.has(variable[2]!) === (variable[1] === '');
    return inNetwork(request, text);
  });
}

/** `authorize_userless`, and what follows where a user is asked for. */
function authorize(request: Request): number | undefined {
  const result = evaluateRequirements(request);
  const type = valueOf(request, 'authtype');
  if (result === undefined) return type !== undefined && type !== 'none' ? 500 : undefined;
  if (result.verdict === 'granted') return undefined;
  if (result.verdict !== 'no-user') {
    step(request, 'Require refuses the client.', result.directive);
    return 403;
  }
  return authenticate(request, type, result.directive);
}

function authenticate(request: Request, type: string | undefined, directive: Directive | undefined): number {
  if (type === undefined) {
    step(request, 'A user is required, but no AuthType is set; httpd answers 500.', directive);
    return 500;
  }
  if (type !== 'basic' && type !== 'digest') giveUp(`What "AuthType ${type}" answers is not traced.`);
  if (request.headersIn.get('Authorization'))
    giveUp('The password file decides whether the given credentials are accepted.');
  step(request, 'A user is required; without credentials httpd asks for them.', directive);
  return 401;
}
