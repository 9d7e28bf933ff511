import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

const smallest = 8192;
const largest = 4_294_967_295;

/** `SSLSessionCache shmcb:path(bytes)`, `socache_shmcb_create` and its like; that there is such a provider is judged elsewhere. */
function judgeSharedCache(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  if (word && /^(?:memcache|redis):?$/.test(word.value)) {
    return badForm(
      directive,
      word,
      `the servers behind the provider, such as "${word.value.replace(':', '')}:localhost:11211"`,
    );
  }
  const path = /^shmcb:(.*)/s.exec(word?.value ?? '')?.[1];
  if (!word || path === undefined || !/\(|\)$/.test(path)) return undefined;
  const size = /\(([^(]*)\)$/.exec(path)?.[1] ?? '';
  if (/^\s*\d+$/.test(size) && Number(size) >= smallest && Number(size) < largest) return undefined;
  return badForm(directive, word, `a path with at least ${smallest} bytes in parentheses, or without any`);
}

export const handlers: Handlers = {
  authncachesocache: judgeSharedCache,
  sslsessioncache: judgeSharedCache,
  sslstaplingcache: judgeSharedCache,
};
