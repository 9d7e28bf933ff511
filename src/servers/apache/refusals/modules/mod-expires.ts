import type { Directive, Word } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

/** `ExpiresDefault code`, `ExpiresByType type code`; the type is judged by the facts. */
function judgeExpires(directive: Directive): Refusal | undefined {
  const word = directive.args[directive.key === 'expiresbytype' ? 1 : 0];
  if (!word || isExpiryCode(word)) return undefined;
  return badForm(directive, word, 'an expiry such as "access plus 1 month" or "A3600"');
}

/** `check_code` of `mod_expires.c`: only the first letters of the words count. */
function isExpiryCode({ value }: Word): boolean {
  // A quotation mark inside groups words once more.
  if (/^[AM]|["']/.test(value)) return true;
  const [base = '', ...rest] = value.trim().split(/\s+/);
  if (!/^[nam]/i.test(base)) return false;
  if (/^p/i.test(rest[0] ?? '')) rest.shift();
  if (rest.length % 2 === 1) return false;
  return rest.every((word, index) => (index % 2 === 0 ? /^\d/ : /^(?:y|mo|w|d|h|mi|s)/i).test(word));
}

export const handlers: Handlers = { expiresbytype: judgeExpires, expiresdefault: judgeExpires };
