/** Which protocol of nginx a directive belongs to, for rules that listen to names that `http` and `stream` share. */
import type { Config } from '../../syntax/config.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';

/** False in `stream` and `mail`, where nothing has a header, a path or a redirect. */
export function isHttp(directive: Directive, { level }: Config): boolean {
  if (/^(?:stream|mail)/.test(level)) return false;
  for (let around = enclosing(directive); around; around = enclosing(around))
    if (around.key === 'stream' || around.key === 'mail') return false;
  return true;
}
