import { atoi } from '../../facts/numbers.ts';
import type { Directive, Word } from '../../../../syntax/tree.ts';
import { pathSection } from '../contexts.ts';
import { hasPath, type Around } from '../around.ts';
import { type Handlers, type Refusal, badForm, firstRefusal, refusal, wrongCount } from '../refusal.ts';
import { isIP, looksLikeIP } from '../ip.ts';
import { judgeBalancerParameter, judgeWorkerParameter } from './mod-proxy-parameters.ts';
import { judgeRegex, judgeRegexAt } from '../regex.ts';
import { readFlag } from '../../meaning/settings.ts';
import { warnOfHost, judgeTarget, judgeBalancerName, isBalancerUrl } from './mod-proxy-targets.ts';

const flags = /^(?:nocanon|interpolate|noquery)$/i;

/** `add_pass` of `mod_proxy.c`. Inside a section the path is that of the section. */
function judgeProxyPass(directive: Directive, around: Around): Refusal | undefined {
  const inPath = hasPath(around);
  if (inPath === undefined) return undefined;
  let words = [...directive.args];
  let isMatch = directive.key === 'proxypassmatch';
  if (!inPath && words[0]?.value === '~') {
    if (isMatch) return refusal(directive, '"~" is for "ProxyPass" only', words[0]);
    isMatch = true;
    words = words.slice(1);
  }
  const path = inPath ? undefined : words.shift();
  const target = words.shift();
  if (!target) return wrongCount(directive, inPath ? 'a URL' : 'a path and a URL');
  const fault =
    (isMatch && path ? judgeRegex(directive, path) : undefined) ??
    firstRefusal(words, (word) => judgeWord(directive, word, target, inPath));
  if (fault || target.value === '!') return fault;
  const isPattern = isMatch || words.length < directive.args.length - 2;
  return judgeTarget(directive, target, isPattern) ?? warnOfHost(directive, target);
}

function judgeWord(directive: Directive, word: Word, target: Word, inPath: boolean): Refusal | undefined {
  if (flags.test(word.value)) return undefined;
  if (!word.value.includes('=')) {
    if (inPath && target.value.startsWith('/'))
      return refusal(directive, 'it takes no path inside of a section', target);
    return badForm(directive, word, 'a parameter of the form "key=value"');
  }
  const { key, value } = pair(word);
  if (key === 'mapping') {
    return /^(?:encoded|servlet)$/i.test(value)
      ? undefined
      : badForm(directive, word, '"mapping=encoded" or "mapping=servlet"');
  }
  if (target.value === '!') return undefined;
  const isBalancer = isBalancerUrl(target.value);
  return judgeParameter(directive, word, isBalancer);
}

/** `BalancerMember [balancer://name] url [key=value ...]`. */
function judgeBalancerMember(directive: Directive, around: Around): Refusal | undefined {
  const inPath = hasPath(around);
  if (inPath === undefined) return undefined;
  const plain = directive.args.filter(({ value }) => !value.includes('='));
  const wanted = inPath ? 1 : 2;
  if (plain.length < wanted) return wrongCount(directive, inPath ? 'a URL' : 'the balancer and a URL');
  if (plain.length > wanted) return badForm(directive, plain[wanted]!, 'a parameter of the form "key=value"');
  const parameters = directive.args.filter(({ value }) => value.includes('='));
  const section = inPath ? pathSection(directive) : undefined;
  const fault = section
    ? judgeBalancerName(directive, section.args[0]?.value ?? '')
    : inPath
      ? undefined
      : judgeBalancerName(directive, plain[0]!.value, plain[0]);
  return (
    fault ??
    judgeTarget(directive, plain.at(-1)!, false) ??
    firstRefusal(parameters, (word) => judgeParameter(directive, word, false)) ??
    warnOfHost(directive, plain.at(-1)!)
  );
}

/** `ProxySet [url] key=value ...`, `set_proxy_param`; directly inside `<Proxy>` the URL is that of the section. */
function judgeProxySet(directive: Directive): Refusal | undefined {
  const section = pathSection(directive);
  const inside = section !== undefined && /^proxy(?:match)?$/.test(section.key);
  const target = inside ? section.args[0] : directive.args[0];
  if (target && !inside && !target.value.includes(':')) {
    return badForm(directive, target, 'the URL of a worker or of a balancer');
  }
  const parameters = inside ? directive.args : directive.args.slice(1);
  const isBalancer = isBalancerUrl(target?.value ?? '');
  return firstRefusal(parameters, (word) => judgePair(directive, word, isBalancer));
}

/** `ProxyPassReverse [path] url [interpolate]`. */
function judgeProxyPassReverse(directive: Directive, around: Around): Refusal | undefined {
  const inPath = hasPath(around);
  const second = directive.args[1];
  const isFlag = /^interpolate$/i.test(second?.value ?? '');
  if (inPath === false && (!second || isFlag)) return wrongCount(directive, 'a path and a URL');
  if (inPath === true && second && !isFlag)
    return refusal(directive, 'it takes no path inside of a section', directive.args[0]);
  return undefined;
}

function judgePair(directive: Directive, word: Word, isBalancer: boolean): Refusal | undefined {
  return word.value.includes('=')
    ? judgeParameter(directive, word, isBalancer)
    : badForm(directive, word, 'a parameter of the form "key=value"');
}

function judgeParameter(directive: Directive, word: Word, isBalancer: boolean): Refusal | undefined {
  const { key, value } = pair(word);
  const expected = (isBalancer ? judgeBalancerParameter : judgeWorkerParameter)(key, value);
  return expected === undefined ? undefined : badForm(directive, word, expected);
}

/** `<Proxy url key=value ...>`, `proxysection` of `mod_proxy.c`. */
function judgeProxySection(directive: Directive): Refusal | undefined {
  const isPattern = directive.key === 'proxymatch';
  const [url, ...parameters] = directive.args;
  if (!url) return undefined;
  if (url.value === '~') return judgeRegexAt(directive, 1);
  if (isPattern) return judgeRegex(directive, url) ?? onlyOne(directive, parameters);
  if (parameters.length === 0) return undefined;
  if (/[*?[\]]/.test(url.value) || !url.value.includes(':')) {
    return refusal(directive, 'only the URL of a single worker or balancer takes parameters', parameters[0]);
  }
  const isBalancer = isBalancerUrl(url.value);
  return (
    judgeTarget(directive, url, false) ?? firstRefusal(parameters, (word) => judgePair(directive, word, isBalancer))
  );
}

function onlyOne(directive: Directive, [extra]: readonly Word[]): Refusal | undefined {
  return extra && wrongCount(directive, 'one argument', 1);
}

function pair(word: Word): { key: string; value: string } {
  const at = word.value.indexOf('=');
  return { key: word.value.slice(0, at).toLowerCase(), value: word.value.slice(at + 1) };
}

/** `ProxyErrorOverride On [status ...]`; the first word is judged by the facts. */
function judgeErrorOverride(directive: Directive): Refusal | undefined {
  let isOn = false;
  for (const word of directive.args) {
    const { value } = word;
    const flag = readFlag([value]);
    if (flag !== undefined) isOn = flag;
    else if (!/^\d/.test(value) || atoi(value) < 400 || atoi(value) > 599) {
      return badForm(directive, word, 'an HTTP status from 400 to 599');
    } else if (!isOn) return refusal(directive, 'only "On" takes statuses', word);
  }
  return undefined;
}

/** A name is looked up, and may be found. */
function judgeSourceAddress(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  return word && (word.value.includes('/') || (looksLikeIP(word.value) && !isIP(word.value)))
    ? badForm(directive, word, 'an IP address')
    : undefined;
}

export const handlers: Handlers = {
  balancermember: judgeBalancerMember,
  proxy: judgeProxySection,
  proxyerroroverride: judgeErrorOverride,
  proxymatch: judgeProxySection,
  proxypass: judgeProxyPass,
  proxypassmatch: judgeProxyPass,
  proxypassreverse: judgeProxyPassReverse,
  proxyset: judgeProxySet,
  proxysourceaddress: judgeSourceAddress,
};
