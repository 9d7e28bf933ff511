import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

const smallest = 8192;

/** `SSLSessionCache shmcb:path(bytes)`, `socache_shmcb_create` of `mod_socache_shmcb.c`; the provider is judged elsewhere. */
function judgeSharedCache(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  const path = /^shmcb:(.*)/s.exec(word?.value ?? '')?.[1];
  if (!word || path === undefined || !/\(|\)$/.test(path)) return undefined;
  const size = /\(([^(]*)\)$/.exec(path)?.[1] ?? '';
  if (/^\s*\d+$/.test(size) && Number(size) >= smallest) return undefined;
  return badForm(directive, word, `a path with at least ${smallest} bytes in parentheses, or without any`);
}

export const handlers: Handlers = { sslsessioncache: judgeSharedCache, sslstaplingcache: judgeSharedCache };
