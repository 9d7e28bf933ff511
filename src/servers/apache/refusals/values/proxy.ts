import { atoi } from '../../facts/numbers.ts';
import type { Directive, Word } from '../../../../syntax/tree.ts';
import { pathSection } from '../contexts.ts';
import { hasPath, type Around } from '../around.ts';
import { badForm, refusal, wrongCount, type Fault } from '../fault.ts';
import { judgeBalancerParameter, judgeWorkerParameter } from './proxy-parameters.ts';
import { judgeRegex } from './regex.ts';
import { parseUri } from './uri.ts';
import { readFlag } from '../../meaning/settings.ts';

const flags = /^(?:nocanon|interpolate|noquery)$/i;

/** `add_pass` of `mod_proxy.c`. Inside a section the path is that of the section. */
export function judgeProxyPass(directive: Directive, around: Around): Fault | undefined {
  const inPath = hasPath(around);
  if (inPath === undefined) return undefined;
  let words = [...directive.args];
  const isMatch = directive.key === 'proxypassmatch';
  if (!inPath && words[0]?.value === '~') {
    if (isMatch) return refusal(directive, '"~" is for "ProxyPass" only', words[0]);
    words = words.slice(1);
  }
  const path = inPath ? undefined : words.shift();
  const target = words.shift();
  if (!target) return wrongCount(directive, inPath ? 'a URL' : 'a path and a URL');
  const fault =
    (isMatch && path ? judgeRegex(directive, path) : undefined) ??
    firstFault(words, (word) => judgeWord(directive, word, target, inPath));
  if (fault || target.value === '!') return fault;
  return judgeTarget(directive, target, isMatch || words.length < directive.args.length - 2);
}

function judgeWord(directive: Directive, word: Word, target: Word, inPath: boolean): Fault | undefined {
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
  const isBalancer = /^balancer:\/\//i.test(target.value);
  return judgeParameter(directive, word, isBalancer);
}

/** `BalancerMember [balancer://name] url [key=value ...]`. */
export function judgeBalancerMember(directive: Directive, around: Around): Fault | undefined {
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
    firstFault(parameters, (word) => judgeParameter(directive, word, false))
  );
}

/** `ProxySet [url] key=value ...`, `set_proxy_param`; directly inside `<Proxy>` the URL is that of the section. */
export function judgeProxySet(directive: Directive): Fault | undefined {
  const section = pathSection(directive);
  const inside = section !== undefined && /^proxy(?:match)?$/.test(section.key);
  const target = inside ? section.args[0] : directive.args[0];
  if (target && !inside && !target.value.includes(':')) {
    return badForm(directive, target, 'the URL of a worker or of a balancer');
  }
  const parameters = inside ? directive.args : directive.args.slice(1);
  const isBalancer = /^balancer:\/\//i.test(target?.value ?? '');
  return firstFault(parameters, (word) => judgePair(directive, word, isBalancer));
}

/** `ProxyPassReverse [path] url [interpolate]`. */
export function judgeProxyPassReverse(directive: Directive, around: Around): Fault | undefined {
  const inPath = hasPath(around);
  const second = directive.args[1];
  const isFlag = /^interpolate$/i.test(second?.value ?? '');
  if (inPath === false && (!second || isFlag)) return wrongCount(directive, 'a path and a URL');
  if (inPath === true && second && !isFlag)
    return refusal(directive, 'it takes no path inside of a section', directive.args[0]);
  return undefined;
}

function judgePair(directive: Directive, word: Word, isBalancer: boolean): Fault | undefined {
  return word.value.includes('=')
    ? judgeParameter(directive, word, isBalancer)
    : badForm(directive, word, 'a parameter of the form "key=value"');
}

function judgeParameter(directive: Directive, word: Word, isBalancer: boolean): Fault | undefined {
  const { key, value } = pair(word);
  const expected = (isBalancer ? judgeBalancerParameter : judgeWorkerParameter)(key, value);
  return expected === undefined ? undefined : badForm(directive, word, expected);
}

/** `ap_proxy_define_worker_ex`: a URL with a scheme and a host. */
function judgeTarget(directive: Directive, target: Word, isPattern: boolean): Fault | undefined {
  const { value } = target;
  if (/^balancer:\/\//i.test(value)) return judgeBalancerName(directive, value, target);
  // The port may hold references to groups of the pattern.
  const url = isPattern ? value.replace(/^([^/]*:\/\/[^:/]*:[^$/]*)\$\d[^/]*/, '$1') : value;
  const socket = /^unix:[^|]*\|/i.exec(url)?.[0] ?? '';
  const uri = parseUri(url.slice(socket.length));
  if (uri?.scheme !== undefined && (uri.host || socket !== '')) return undefined;
  return badForm(directive, target, 'a URL with scheme and host, and a number as port if it has one');
}

/** `ap_proxy_define_balancer`. `word`: where the name stands, if it is an argument. */
function judgeBalancerName(directive: Directive, name: string, word?: Word): Fault | undefined {
  if (/^[^:]*:\/\/./s.test(name)) return undefined;
  return refusal(directive, `"${name}" is no name of a balancer, such as "balancer://app"`, word);
}

/** `<Proxy url key=value ...>`, `proxysection` of `mod_proxy.c`. */
export function judgeProxySection(directive: Directive): Fault | undefined {
  const isPattern = directive.key === 'proxymatch';
  const [url, ...parameters] = directive.args;
  if (!url || url.value === '~') return undefined;
  if (isPattern) return judgeRegex(directive, url) ?? onlyOne(directive, parameters);
  if (parameters.length === 0) return undefined;
  if (/[*?[\]]/.test(url.value) || !url.value.includes(':')) {
    return refusal(directive, 'only the URL of a single worker or balancer takes parameters', parameters[0]);
  }
  const isBalancer = /^balancer:\/\//i.test(url.value);
  return judgeTarget(directive, url, false) ?? firstFault(parameters, (word) => judgePair(directive, word, isBalancer));
}

function onlyOne(directive: Directive, [extra]: readonly Word[]): Fault | undefined {
  return extra && wrongCount(directive, 'one argument', 1);
}

function pair(word: Word): { key: string; value: string } {
  const at = word.value.indexOf('=');
  return { key: word.value.slice(0, at).toLowerCase(), value: word.value.slice(at + 1) };
}

function firstFault(words: readonly Word[], judge: (word: Word) => Fault | undefined): Fault | undefined {
  for (const word of words) {
    const fault = judge(word);
    if (fault) return fault;
  }
  return undefined;
}

/** `ProxyErrorOverride On [status ...]`; the first word is judged by the facts. */
export function judgeErrorOverride(directive: Directive): Fault | undefined {
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
