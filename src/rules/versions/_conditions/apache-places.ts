/** Places of httpd that advisories speak of. */
import { type Directive, enclosing } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { word, type Found, type Condition } from './found.ts';
import { withoutSocket } from '../../../model/url.ts';
import { schemeOf } from '../../../model/scheme.ts';
import { isOff } from '../../../servers/apache/meaning/settings.ts';

export const passes = ['proxypass', 'proxypassmatch', 'balancermember'];

export const handlerType = /^application\/(?:x-httpd-|x-httpd\b)/i;

/** A backend of some protocol, however it is named. */
export function proxyTo(...schemes: readonly string[]): Condition {
  const names = ({ args }: Directive): boolean => args.some(({ value }) => schemes.includes(schemeOf(value) ?? ''));
  return (found) =>
    firstPassTo(found, schemes) ??
    found.all('rewriterule').find((rule) => isProxying(rule) && names(rule)) ??
    found.all('sethandler').find(({ args }) => args.some(({ value }) => schemes.includes(handlerScheme(value) ?? '')));
}

const passesBySchemes = new WeakMap<Found, ReadonlyMap<string, { readonly index: number; readonly pass: Directive }>>();

/** The first of the {@link passes} with an argument of one of the schemes. */
function firstPassTo(found: Found, schemes: readonly string[]): Directive | undefined {
  let known = passesBySchemes.get(found);
  if (!known) passesBySchemes.set(found, (known = readPasses(found)));
  let first: { readonly index: number; readonly pass: Directive } | undefined;
  for (const scheme of schemes) {
    const other = known.get(scheme);
    if (other && !(first && first.index <= other.index)) first = other;
  }
  return first?.pass;
}

/** By scheme, the first pass with it, and its place among all of them. */
function readPasses(found: Found): Map<string, { readonly index: number; readonly pass: Directive }> {
  const first = new Map<string, { readonly index: number; readonly pass: Directive }>();
  for (const [index, pass] of found.all(...passes).entries()) {
    for (const { value } of pass.args) {
      const scheme = schemeOf(value) ?? '';
      if (!first.has(scheme)) first.set(scheme, { index, pass });
    }
  }
  return first;
}

/** `proxy:unix:/run/php.sock|fcgi://localhost`. */
function handlerScheme(handler: string): string | undefined {
  return /^proxy:/i.test(handler) ? schemeOf(withoutSocket(handler.slice('proxy:'.length))) : undefined;
}

export const http2: Condition = (found) => found.withWord('protocols', /^h2c?$/i);

export const isNotOff = (directive: Directive): boolean => !isOff(directive);

export const knownMethod =
  /^(?:get|head|post|put|delete|connect|options|trace|patch|propfind|proppatch|mkcol|copy|move|lock|unlock)$/i;

export function hasFlag(rule: Directive, flag: RegExp): boolean {
  return word(rule, 2)
    .replace(/^\[|\]$/g, '')
    .split(',')
    .some((each) => flag.test(each.trim()));
}

export function isProxying(rule: Directive): boolean {
  return hasFlag(rule, /^p(?:roxy)?$/i);
}

/** A part of the URL is copied into the URL for the backend. */
export function capturedPath(found: Found): Directive | undefined {
  return (
    found.all('rewriterule').find((rule) => isProxying(rule) && /\$[1-9]/.test(word(rule, 1))) ??
    found
      .all('proxypassmatch')
      .find(({ args }) => args.some(({ value }) => schemeOf(value) !== undefined && /\$[1-9]/.test(value)))
  );
}

/** In a server, a substitution that the client begins may name a file or a URL. */
export function leadingCapture(found: Found): Directive | undefined {
  return found.all('rewriterule').find((rule) => {
    const level = enclosing(rule);
    const isServer = level ? level.key === 'virtualhost' : found.config.level === 'server';
    return isServer && /^[$%][1-9]/.test(word(rule, 1)) && !hasFlag(rule, /^(?:r(?:$|=)|p$)/i);
  });
}

export function rootGranted(found: Found): Directive | undefined {
  const roots = found.all('directory').filter((section) => word(section, 0) === '/');
  const granted = roots
    .map(
      ({ block }) =>
        block &&
        children(block).find(
          ({ key, args }) => key === 'require' && /^all granted$/i.test(args.map(({ value }) => value).join(' ')),
        ),
    )
    .find(Boolean);
  return granted && found.first('alias', 'scriptalias') ? granted : undefined;
}
