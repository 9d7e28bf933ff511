import { cipherListFault } from '../../../../../facts/cipher-list.ts';
import type { Directive } from '../../../../../syntax/tree.ts';
import { childrenNamed } from '../../../../../syntax/walk.ts';
import { refuseForm } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';

/** `ngx_ssl_ciphers`, which is called only for a server with a certificate. */
export const sslCiphers: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  const fault = cipherListFault(word.value);
  if (fault) refuseForm(run, directive, word, fault, isUsed(directive) ? 'error' : 'warning');
};

/** The ciphers for backends: whether TLS is spoken to them is not looked for. */
export const backendCiphers: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  const fault = cipherListFault(word.value);
  if (fault) refuseForm(run, directive, word, fault, 'warning');
};

function isUsed({ parent: { owner } }: Directive): boolean {
  const has = (block: Directive | undefined, key: string): boolean => childrenNamed(block?.block, key).length > 0;
  if (!owner) return false;
  if (owner.key === 'server') return has(owner, 'ssl_certificate') || has(owner.parent.owner, 'ssl_certificate');
  const isOuter = has(owner, 'ssl_certificate');
  return childrenNamed(owner.block, 'server').some(
    (server) => !has(server, 'ssl_ciphers') && (isOuter || has(server, 'ssl_certificate')),
  );
}
