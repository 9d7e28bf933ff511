/** `$invalid_referer`: whether the Referer is one of `valid_referers` (src/http/modules/ngx_http_referer_module.c). */
import { headerValue } from '../../../model/headers.ts';
import { giveUp } from '../../../model/unknown.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import { toBytes } from '../../../text/bytes.ts';
import { matchWildcard } from '../meaning/wildcard.ts';
import type { State } from './state.ts';

/** A shorter one counts as without scheme. */
const shortest = 'http://i.ru'.length;
const longestHost = 256;

/** `1`, or the empty string. */
export function invalidReferer(state: State): string {
  const words = state.scope.effective('valid_referers').flatMap(({ args }) => args.map(({ value }) => toBytes(value)));
  if (words.every((word) => word === 'none' || word === 'blocked')) return '';
  return isValid(state, words) ? '' : '1';
}

function isValid(state: State, words: readonly string[]): boolean {
  const referer = headerValue(state.setting.request.headers, 'referer');
  if (referer === undefined) return words.includes('none');
  const scheme = referer.length < shortest ? null : /^https?:\/\//i.exec(referer);
  if (!scheme) return words.includes('blocked');
  const rest = referer.slice(scheme[0].length);
  const host = (/^[^/:]*/.exec(rest)?.[0] ?? '').toLowerCase();
  if (host.length > longestHost) return false;
  const names = new Map<string, string>();
  const own = words.includes('server_names') ? state.virtualHost.names : [];
  for (const { text } of own) if (!text.startsWith('~')) names.set(toBytes(text).toLowerCase(), '');
  for (const word of words) if (!isKeyword(word)) addName(names, word);
  const found = names.has(host) ? host : matchWildcard(names, host);
  if (found !== undefined)
    return rest
      .slice(host.length)
      .replace(/^[^/]*/, '')
      .startsWith(names.get(found)!);
  return (
    own.some(({ text }) => text.startsWith('~') && matches(text, host, false)) ||
    words.some((word) => word.startsWith('~') && matches(word, rest, true))
  );
}

const keywords = new Set(['none', 'blocked', 'server_names']);

const isKeyword = (word: string): boolean => keywords.has(word) || word.startsWith('~');

/** A name may be followed by the beginning of a path. */
function addName(names: Map<string, string>, word: string): void {
  const slash = word.indexOf('/');
  const name = slash === -1 ? word : word.slice(0, slash);
  names.set(name.toLowerCase(), slash === -1 ? '' : word.slice(slash));
}

function matches(written: string, text: string, ignoresCase: boolean): boolean {
  const regex = compilePcre(written.slice(1), ignoresCase) ?? giveUp(`The pattern "${written}" is beyond this tracer.`);
  return regex.test(text);
}
