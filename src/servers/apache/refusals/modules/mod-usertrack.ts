import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

const unit = /^(?:y|mo|w|d|h|mi|s)/i;

/** `set_cookie_exp`: only the first letters of the words count. */
function judgeExpires(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  if (!word || /^\d(?:.*\d)?$/s.test(word.value) || /["']/.test(word.value)) return undefined;
  const words = word.value.trim().split(/\s+/);
  if (/^p/i.test(words[0] ?? '')) words.shift();
  const isRight =
    words.length % 2 === 0 && words.every((each, index) => (index % 2 === 0 ? /^\d/.test(each) : unit.test(each)));
  return isRight ? undefined : badForm(directive, word, 'seconds, or a time such as "2 weeks 3 days"');
}

/** `set_cookie_domain`; the first dot is judged by the facts. */
function judgeDomain(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  return word && !word.value.slice(1).includes('.')
    ? badForm(directive, word, 'a domain with a dot at its begin and one inside')
    : undefined;
}

export const handlers: Handlers = { cookiedomain: judgeDomain, cookieexpires: judgeExpires };
