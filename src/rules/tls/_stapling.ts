import type { Directive } from '../../syntax/tree.ts';

/** A certificate in the folder of certbot, whose certificates are those of Let's Encrypt unless told otherwise. */
export function isLetsEncrypt({ args }: Directive): boolean {
  return /^\/etc\/letsencrypt\/|(?:^|\/)letsencrypt\/(?:live|archive)\//i.test(args[0]?.value ?? '');
}
