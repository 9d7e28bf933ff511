/** What a directive of httpd is set to, read as its setter reads it. */
import { unknown, type Fact, type Scope, type Unknown } from '../../../model/model.ts';
import type { Block, Directive, Word } from '../../../syntax/tree.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { atoi } from '../facts/numbers.ts';
import { valueRule, type ValueType } from '../facts/values.ts';
import type { Environment } from './environment.ts';
import type { ApacheScope } from './scope.ts';

/** The value of a directive that is set once, read by `read` (undefined: cannot be read), else the default. */
export function factOf<T>(
  scope: ApacheScope,
  environment: Environment,
  key: string,
  fallback: T,
  read: (texts: readonly string[]) => T | undefined,
): Fact<T> {
  const setting = scope.setting(key);
  if (!setting)
    return { value: scope.certainty(key) === 'unread' ? unknown : fallback, origin: 'default', inherited: false };
  const { directive, certain, inherited } = setting;
  const texts = certain ? textsOf(directive.args, environment) : unknown;
  const value = texts === unknown ? unknown : (read(texts) ?? unknown);
  return { value, origin: directive, inherited };
}

/** All words as the server sees them; unknown if one of them is. */
export function textsOf(words: readonly Word[], environment: Environment): readonly string[] | Unknown {
  const texts: string[] = [];
  for (const word of words) {
    const text = environment.text(word);
    if (text === unknown) return unknown;
    texts.push(text);
  }
  return texts;
}

/** The first of some words as a flag: httpd compares it in any case. Undefined for anything else than on and off. */
export function readFlag(texts: readonly string[]): boolean | undefined {
  const text = texts[0]?.toLowerCase();
  return text === 'on' ? true : text === 'off' ? false : undefined;
}

/** The first argument in lower case: httpd compares its words in any case. */
export function wordOf(directive: Directive | undefined): string | undefined {
  return directive?.args[0]?.value.toLowerCase();
}

/** The directive of a name (in lower case) that counts at a level, or among the directives of a block. */
export function settingOf(level: Scope | Block | undefined, name: string): Directive | undefined {
  if (!level) return undefined;
  return 'effective' in level ? level.effective(name).at(-1) : childrenNamed(level, name).at(-1);
}

/** Whether a directive says `On`, or the one of this name does that counts at the level. False without one: defaults differ. */
export function isOn(directive: Directive | undefined): boolean;
export function isOn(level: Scope | Block | undefined, name: string): boolean;
export function isOn(at: Directive | Scope | Block | undefined, name?: string): boolean {
  return flagOf(at, name) === true;
}

/** As {@link isOn}, for `Off`. */
export function isOff(directive: Directive | undefined): boolean;
export function isOff(level: Scope | Block | undefined, name: string): boolean;
export function isOff(at: Directive | Scope | Block | undefined, name?: string): boolean {
  return flagOf(at, name) === false;
}

/** On or off; undefined for anything else, and where there is no such directive. */
export function flagOf(at: Directive | Scope | Block | undefined, name?: string): boolean | undefined {
  const directive =
    name === undefined ? (at as Directive | undefined) : settingOf(at as Scope | Block | undefined, name);
  return readFlag(directive?.args.map(({ value }) => value) ?? []);
}

/** What `atoi` makes of the first argument, or a stricter reader where the facts know one. Undefined where there is none, or it is refused. */
export function numberOf(directive: Directive | undefined): number | undefined {
  return directive && readNumber(directive.key, directive.args[0]?.value);
}

/** As {@link numberOf}, for a text that the directive of this key has as its first argument. */
export function readNumber(key: string, text: string | undefined): number | undefined {
  if (text === undefined || /\$\{/.test(text)) return undefined;
  const number = (typeOf(key)?.read ?? atoi)(text);
  return Number.isNaN(number) ? undefined : number;
}

/** A duration with its unit, where the directive knows units; else a number of seconds. */
export function secondsOf(directive: Directive | undefined): number | undefined {
  const number = numberOf(directive);
  return directive && number !== undefined && typeOf(directive.key)?.isDuration ? number / 1000 : number;
}

function typeOf(key: string): ValueType | undefined {
  return valueRule(key)?.types[0];
}
