import type { Directive } from '../../../../syntax/tree.ts';
import { hasPath, type Around } from '../around.ts';
import { badForm, refusal, wrongCount, type Fault } from '../fault.ts';

/** `CacheEnable provider [url]`, `add_cache_enable` of `mod_cache.c`. */
export function judgeCacheEnable(directive: Directive, around: Around): Fault | undefined {
  const [provider, url] = directive.args;
  if (provider?.value.startsWith('/')) return refusal(directive, 'the provider comes first, then the URL', provider);
  return !url && hasPath(around) === false ? wrongCount(directive, 'a provider and a URL') : undefined;
}

/** `CacheDisable url`, inside a section `CacheDisable on`. */
export function judgeCacheDisable(directive: Directive, around: Around): Fault | undefined {
  const [word] = directive.args;
  const inPath = hasPath(around);
  if (!word || inPath === undefined) return undefined;
  if (inPath) return /^on$/i.test(word.value) ? undefined : badForm(directive, word, '"on", as it stands in a section');
  return /^\/|:/.test(word.value) ? undefined : badForm(directive, word, 'a path or a URL');
}

const smallest = 8192;

/** `SSLSessionCache shmcb:path(bytes)`, `socache_shmcb_create` of `mod_socache_shmcb.c`; the provider is judged elsewhere. */
export function judgeSharedCache(directive: Directive): Fault | undefined {
  const [word] = directive.args;
  const path = /^shmcb:(.*)/s.exec(word?.value ?? '')?.[1];
  if (!word || path === undefined || !/\(|\)$/.test(path)) return undefined;
  const size = /\(([^(]*)\)$/.exec(path)?.[1] ?? '';
  if (/^\s*\d+$/.test(size) && Number(size) >= smallest) return undefined;
  return badForm(directive, word, `a path with at least ${smallest} bytes in parentheses, or without any`);
}
