/** Where configs send the Origin header back as allowed, whatever it is. */
import { conditionRegex, conditionWords } from '../../servers/nginx/meaning/match.ts';
import type { Definitions } from '../../servers/nginx/meaning/definitions.ts';
import { enclosing, type Block, type Directive, type Word } from '../../syntax/tree.ts';
import { children, directivesByKey } from '../../syntax/walk.ts';
import { admitsAll } from './_origin-probes.ts';
import { moreHeaderWords } from '../../servers/nginx/meaning/more-headers.ts';

export interface Reflection {
  readonly at: Directive;
  /** Where the value comes from, if not from the header itself. */
  readonly through: readonly Directive[];
  readonly withCredentials: boolean;
}

/** `definitions`: the variables of nginx. */
export function reflectionOf(block: Block, definitions: Definitions): Reflection | undefined {
  const headers = children(block).filter(({ key }) => headerKeys.has(key));
  for (const at of headers) {
    const value = valueOf(at, 'access-control-allow-origin');
    const through = value === undefined ? undefined : reflectedThrough(value, at, definitions);
    if (!through) continue;
    if (isConditional(at) || children(block).some((directive) => isGuard(directive))) return undefined;
    const withCredentials = headers.some(
      (header) => valueOf(header, 'access-control-allow-credentials')?.toLowerCase() === 'true',
    );
    return { at, through, withCredentials };
  }
  return undefined;
}

/** Whether a config sets response headers at all: most blocks of most configs need not be asked then. */
export function setsHeaders(root: Block): boolean {
  const byKey = directivesByKey(root);
  return [...headerKeys].some((key) => byKey.has(key));
}

const headerKeys: ReadonlySet<string> = new Set(['add_header', 'more_set_headers', 'header']);

/** The directives through which a value is the origin of the request; undefined where it is not. */
function reflectedThrough(value: string, at: Directive, definitions: Definitions): Directive[] | undefined {
  if (/^"?\$\{?http_origin\}?"?$|^expr=%\{HTTP:Origin\}$/i.test(value)) return [];
  const name = /^\$\{?(\w+)\}?$/.exec(value)?.[1];
  const [by, ...others] = name === undefined ? [] : definitions.of(name, at);
  if (!by || others.length > 0) return undefined;
  if (by.key === 'set') return isConditional(by) ? undefined : definedAs(by.args[1], by);
  if (by.key !== 'map' || !by.block) return undefined;
  return definedAs(children(by.block).find(({ key }) => key === 'default')?.args[0], by);
}

function definedAs(word: Word | undefined, by: Directive): Directive[] | undefined {
  return /^\$\{?http_origin\}?$/i.test(word?.value ?? '') ? [by] : undefined;
}

/** The value that a response header of this lower-cased name is given. */
function valueOf(directive: Directive, name: string): string | undefined {
  if (directive.key === 'more_set_headers') return moreValueOf(directive, name);
  const isNginx = directive.key === 'add_header';
  const words = isNginx ? directive.args : headerWords(directive);
  const isSet = isNginx || /^(?:set|add|append|merge)$/i.test(words[0]?.value ?? '');
  const [header, value] = isNginx ? words : words.slice(1);
  return isSet && header?.value.toLowerCase() === name ? value?.value : undefined;
}

/** `more_set_headers 'Name: value'`. */
function moreValueOf(directive: Directive, name: string): string | undefined {
  const pairs = moreHeaderWords(directive).map(({ value }) => /^\s*([\w-]+)\s*:\s*(.*)$/s.exec(value));
  return pairs.find((pair) => pair?.[1]?.toLowerCase() === name)?.[2];
}

/** The words of httpd's `Header` from the action on. */
function headerWords({ args }: Directive): readonly Word[] {
  return /^(?:always|onsuccess)$/i.test(args[0]?.value ?? '') ? args.slice(1) : args;
}

/** True where a condition decides whether the header is sent. */
function isConditional(directive: Directive): boolean {
  if (directive.key === 'header' && headerWords(directive).slice(3).length > 0) return true;
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    if (around.key === 'elseif' || around.key === 'else') return true;
    if (around.key === 'if' && !holdsForAll(around)) return true;
  }
  return false;
}

/** An `if` that turns foreign origins away. */
function isGuard(directive: Directive): boolean {
  const { key, args } = directive;
  return key === 'if' && args.some(({ value }) => /\$\{?http_origin/i.test(value)) && !holdsForAll(directive);
}

/** `if ($http_origin)` and `if ($http_origin ~ .)`: true for every origin there is. */
function holdsForAll(directive: Directive): boolean {
  const regex = conditionRegex(directive);
  const [subject, ...rest] = conditionWords(directive);
  if (!subject || !/^\$\{?http_origin\}?$/i.test(subject.value)) return false;
  return regex ? !regex.negated && admitsAll(regex) : rest.length === 0;
}
