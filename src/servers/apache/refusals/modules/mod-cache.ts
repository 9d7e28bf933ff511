import type { Directive } from '../../../../syntax/tree.ts';
import { hasPath, type Around } from '../around.ts';
import { pathSection } from '../contexts.ts';
import { parseUri } from '../uri.ts';
import { badForm, refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';

/** `CacheEnable provider [url]`, `add_cache_enable` of `mod_cache.c`. */
function judgeCacheEnable(directive: Directive, around: Around): Refusal | undefined {
  const [provider, url] = directive.args;
  if (provider?.value.startsWith('/')) return refusal(directive, 'the provider comes first, then the URL', provider);
  const section = pathSection(directive);
  const path = section?.key === 'location' ? section.args[0]?.value : undefined;
  if (url && path !== undefined && !url.value.startsWith(path)) {
    return badForm(directive, url, `a path or URL below that of the section, "${path}"`);
  }
  return !url && hasPath(around) === false ? wrongCount(directive, 'a provider and a URL') : undefined;
}

/** `CacheDisable url`, inside a section `CacheDisable on`. */
function judgeCacheDisable(directive: Directive, around: Around): Refusal | undefined {
  const [word] = directive.args;
  const inPath = hasPath(around);
  if (!word || inPath === undefined) return undefined;
  if (inPath) return /^on$/i.test(word.value) ? undefined : badForm(directive, word, '"on", as it stands in a section');
  return /^\/|:/.test(word.value) ? undefined : badForm(directive, word, 'a path or a URL');
}

function judgeBaseUrl(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  const uri = word && parseUri(word.value);
  return !word || /^\/\/[^/]/.test(word.value) || (uri && (uri.scheme !== undefined || uri.host !== undefined))
    ? undefined
    : badForm(directive, word, 'a URL with scheme and host');
}

export const handlers: Handlers = {
  cachedisable: judgeCacheDisable,
  cacheenable: judgeCacheEnable,
  cachekeybaseurl: judgeBaseUrl,
};
