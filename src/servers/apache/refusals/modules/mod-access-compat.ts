import { isIP, looksLikeIP } from '../ip.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, refusal, type Handlers, type Refusal } from '../refusal.ts';

const orders = /^(?:allow,deny|deny,allow|mutual-failure)$/i;

function judgeOrder(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  if (!word || orders.test(word.value)) return undefined;
  return badForm(directive, word, '"Allow,Deny" or "Deny,Allow" (without a space)');
}

/** `Allow from ...`, `Deny from ...`. */
function judgeAllow(directive: Directive): Refusal | undefined {
  const [from, ...hosts] = directive.args;
  if (from && !/^from$/i.test(from.value)) return badForm(directive, from, '"from"');
  const bad = hosts.find(
    ({ value }) => (value.includes('/') || looksLikeIP(value)) && !/^env=/i.test(value) && !isIP(value),
  );
  if (bad) return badForm(directive, bad, 'an IP address, the beginning of one, or a network');
  const comment = hosts.find(({ value }) => value.includes('#') && !/^env=/i.test(value));
  return comment && refusal(directive, 'a comment must stand on a line of its own', comment);
}

export const handlers: Handlers = { allow: judgeAllow, deny: judgeAllow, order: judgeOrder };
