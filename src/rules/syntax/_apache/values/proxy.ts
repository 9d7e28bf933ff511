import type { Directive, Word } from '../../../../ir/syntax.ts';
import { hasPath, type Around } from '../around.ts';
import { badForm, refusal, wrongCount, type Fault } from '../fault.ts';
import { judgeBalancerParameter, judgeWorkerParameter } from './proxy-parameters.ts';
import { judgeRegex } from './regex.ts';

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
  return judgeTarget(directive, target);
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
  return firstFault(parameters, (word) => judgeParameter(directive, word, false));
}

/** `ProxySet [url] key=value ...`; inside `<Proxy>` the URL is that of the section. */
export function judgeProxySet(directive: Directive): Fault | undefined {
  const section = directive.parent.owner;
  const inside = section && /^proxy(?:match)?$/.test(section.key);
  const target = inside ? section.args[0] : directive.args[0];
  const parameters = inside ? directive.args : directive.args.slice(1);
  const isBalancer = /^balancer:\/\//i.test(target?.value ?? '');
  return firstFault(parameters, (word) =>
    word.value.includes('=')
      ? judgeParameter(directive, word, isBalancer)
      : badForm(directive, word, 'a parameter of the form "key=value"'),
  );
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

function judgeParameter(directive: Directive, word: Word, isBalancer: boolean): Fault | undefined {
  const { key, value } = pair(word);
  const expected = (isBalancer ? judgeBalancerParameter : judgeWorkerParameter)(key, value);
  return expected === undefined ? undefined : badForm(directive, word, expected);
}

/** `ap_proxy_define_worker`: a URL with a scheme and a host. */
function judgeTarget(directive: Directive, target: Word): Fault | undefined {
  const { value } = target;
  if (/^unix:/i.test(value) || value.includes('$') || value.includes('%{')) return undefined;
  if (!/^[a-z][a-z0-9+.-]*:\/\/./i.test(value)) return badForm(directive, target, 'a URL with scheme and host');
  const port = /^[a-z0-9+.-]+:\/\/(?:\[[^\]]*\]|[^:/?#]*):([^/?#]*)/i.exec(value)?.[1];
  const isPort = port === undefined || port === '' || (/^\d+$/.test(port) && Number(port) <= 65_535);
  return isPort ? undefined : badForm(directive, target, 'a URL with a valid port');
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
