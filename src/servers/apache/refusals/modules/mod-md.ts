import { schemeOf, withoutScheme } from '../../../../model/scheme.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import { atoi } from '../../facts/numbers.ts';
import { badForm, refusal, wrongCount, type Handler, type Handlers, type Refusal } from '../refusal.ts';

const smallestKey = 2048;
const largestKey = 2_147_483_646;
const onlyInside = /^mdcertificate(?:key)?file$/;
const onlyOutside =
  /^md(?:baseserver|checkinterval|retrydelay|retryfailover|storelocks|matchnames|httpproxy|storedir|portmap|notifycmd|messagecmd|challengedns01version|activationdelay)$/;

/** `md_section_check` and `md_conf_check_location`. */
function judgePlace({ key, parent, ...directive }: Directive): string | undefined {
  const isInside = /^mdomain(?:set)?$/.test(parent.owner?.key ?? '');
  if (onlyInside.test(key) && !isInside && parent.owner?.key === undefined) return 'it is for <MDomain> only';
  return onlyOutside.test(key) && isInside ? `<MDomain> takes no "${directive.name.value}"` : undefined;
}

/** `md_config_set_pkeys`. */
function judgeKeys(directive: Directive): Refusal | undefined {
  const { args } = directive;
  if (args.length === 0) return wrongCount(directive, 'types of keys');
  const types = new Set<string>();
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    const name = word.value.toLowerCase();
    if (name === 'default' && args.length > 1) return refusal(directive, '"Default" allows no other type', word);
    const isRsa = /^rsa(?:\d|$)/.test(name);
    const next = args[index + 1];
    const size = name === 'rsa' && next && /^\d/.test(next.value) ? args[++index]! : undefined;
    const bits = size?.value ?? /^rsa(\d+)/.exec(name)?.[1];
    if (bits !== undefined && (atoi(bits) < smallestKey || atoi(bits) > largestKey)) {
      return badForm(directive, size ?? word, `a size of at least ${smallestKey} bits, and none that no key has`);
    }
    const type = isRsa ? 'rsa' : name;
    if (types.has(type)) return refusal(directive, `"${word.value}" stands there twice`, word);
    types.add(type);
  }
  return undefined;
}

/** `<MDomain name ...>` and `MDomain name ...`. */
function judgeDomain(directive: Directive): Refusal | undefined {
  return directive.args.length === 0 ? wrongCount(directive, 'at least one domain name') : undefined;
}

/** `MDMember`, `MDMembers`: how names are found, or names. */
function judgeMember(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  return !word || directive.parent.owner?.key.startsWith('md') || /^(?:auto|manual)$/i.test(word.value)
    ? undefined
    : badForm(directive, word, '"auto" or "manual", as it stands outside of <MDomain>');
}

function judgeProxy(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  return !word || (schemeOf(word.value) !== undefined && withoutScheme(word.value) !== '')
    ? undefined
    : badForm(directive, word, 'a URL with scheme and host');
}

/** Those that are judged by the facts, or by nothing, but for their place. */
const places =
  'baseserver checkinterval retrydelay retryfailover storelocks matchnames storedir portmap notifycmd messagecmd challengedns01version activationdelay certificatefile certificatekeyfile';

const misplaced: Handler = (directive) => {
  const reason = judgePlace(directive);
  return reason === undefined ? undefined : refusal(directive, reason);
};

export const handlers: Handlers = {
  ...Object.fromEntries(places.split(' ').map((name) => [`md${name}`, misplaced])),
  mdhttpproxy: (directive, around) => misplaced(directive, around) ?? judgeProxy(directive),
  mdmember: judgeMember,
  mdmembers: judgeMember,
  mdomain: judgeDomain,
  mdomainset: judgeDomain,
  mdprivatekeys: judgeKeys,
};
