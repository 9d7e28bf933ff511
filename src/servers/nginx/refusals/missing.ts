/** What a block must hold: `server` of `stream` and `mail`, `upstream`. */
import { nginxDirectives } from '../facts/index.ts';
import type { Block } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { isBefore } from '../../../model/versions.ts';
import type { Check } from './entries.ts';

/** Besides the names what was not read, and what a module outside the nginx source or a template may bring. */
export function mayHold(block: Block, names: readonly string[]): boolean {
  return children(block).some(({ key, included }) => {
    if (names.includes(key)) return true;
    if (key === 'include') return !included?.length;
    const definitions = nginxDirectives(key);
    return definitions.length === 0 || definitions.some(({ origin }) => origin !== 'core');
  });
}

/** `ngx_stream_core_server`, and `ngx_stream_core_merge_srv_conf`, which from 1.27.1 on leaves the handler to the sessions. */
export const streamServer: Check = (directive, { version, refusals }) => {
  const { block } = directive;
  if (!block || block.close === undefined) return;
  if (!isBefore(version, '1.13.0') && !mayHold(block, ['listen'])) {
    refusals.add('missing-directive', { message: 'listen', at: directive });
  } else if (isBefore(version, '1.27.1') && !mayHold(block, ['proxy_pass', 'return', 'pass'])) {
    refusals.add('missing-directive', { message: 'handler', at: directive });
  }
};

/** `ngx_mail_core_server`. */
export const mailServer: Check = (directive, { version, refusals }) => {
  const { block } = directive;
  if (!block || block.close === undefined || isBefore(version, '1.13.0') || mayHold(block, ['listen'])) return;
  refusals.add('missing-directive', { message: 'listen', at: directive });
};
