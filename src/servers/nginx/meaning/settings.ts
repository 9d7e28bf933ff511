/** What a directive of nginx is set to, read as its setter reads it: by the kind of value that the facts give. */
import { nginxDirectives } from '../facts/index.ts';
import type { ValueType } from '../facts/types.ts';
import type { Scope } from '../../../model/model.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { isFlag, parseNumber, parseSize, parseTime } from './values.ts';

/** `words`: of an enumeration or a bit mask, in lower case; `time` in milliseconds; `size` in bytes, of buffers that of one; `text`: as it is written. */
export type Value =
  | { readonly kind: 'flag'; readonly on: boolean }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'number' | 'size' | 'time'; readonly amount: number }
  | { readonly kind: 'text'; readonly text: string };

interface Reading {
  readonly kind: ValueType['kind'];
  /** Modules outside nginx: their setters are not known, and most use those of nginx. */
  readonly isForeign: boolean;
}

const readings = new Map<string, Reading>();

function readingOf(key: string): Reading {
  let reading = readings.get(key);
  if (!reading) {
    const definitions = nginxDirectives(key);
    const facts = definitions.find(({ contexts }) => contexts.includes('http')) ?? definitions[0];
    const kind = facts?.value.kind ?? 'any';
    reading = { kind, isForeign: facts?.origin !== 'core' };
    // Names that are no directive's are as many as a config likes.
    if (facts) readings.set(key, reading);
  }
  return reading;
}

/** The first argument, or all the words of a bit mask. Undefined for what nginx refuses, and for variables in the place of a number. */
export function valueOf({ key, args }: Directive): Value | undefined {
  const text = args[0]?.value;
  if (text === undefined) return undefined;
  const { kind, isForeign } = readingOf(key);
  switch (kind) {
    case 'flag':
      return isFlag(text) ? { kind, on: text.length === 2 } : undefined;
    case 'enum':
    case 'bitmask':
      return { kind: 'words', words: args.map(({ value }) => value.toLowerCase()) };
    case 'number':
      return amount('number', parseNumber(text));
    case 'size':
    case 'offset':
      return amount('size', parseSize(text, kind === 'offset'));
    case 'buffers':
      return amount('size', parseSize(args[1]?.value ?? ''));
    case 'milliseconds':
      return amount('time', parseTime(text));
    case 'seconds':
      return amount('time', parseTime(text, true) * 1000);
    default:
      return isForeign && isFlag(text) ? { kind: 'flag', on: text.length === 2 } : { kind: 'text', text };
  }
}

function amount(kind: 'number' | 'size' | 'time', value: number): Value | undefined {
  return Number.isNaN(value) ? undefined : { kind, amount: value };
}

/** The word that it is set to: `on` and `off` of a flag, an enumeration in lower case, else the text as it is written. */
export function wordOf(directive: Directive | undefined): string | undefined {
  const value = directive && valueOf(directive);
  switch (value?.kind) {
    case 'flag':
      return value.on ? 'on' : 'off';
    case 'words':
      return value.words[0];
    case 'text':
      return value.text;
    default:
      // A word in the place of a number, such as `directio off`.
      return value ? undefined : directive?.args[0]?.value;
  }
}

/** The directive of a name that counts at a level, or among the directives of a block. */
export function settingOf(level: Scope | Block | undefined, name: string): Directive | undefined {
  if (!level) return undefined;
  return 'effective' in level ? level.effective(name).at(-1) : childrenNamed(level, name).at(-1);
}

/** Whether a directive says `on`, or the one of this name does that counts at the level. False without one: defaults differ. */
export function isOn(directive: Directive | undefined): boolean;
export function isOn(level: Scope | Block | undefined, name: string): boolean;
export function isOn(at: Directive | Scope | Block | undefined, name?: string): boolean {
  return says('on', at, name);
}

/** As {@link isOn}, for `off`. */
export function isOff(directive: Directive | undefined): boolean;
export function isOff(level: Scope | Block | undefined, name: string): boolean;
export function isOff(at: Directive | Scope | Block | undefined, name?: string): boolean {
  return says('off', at, name);
}

function says(word: string, at: Directive | Scope | Block | undefined, name: string | undefined): boolean {
  return (
    wordOf(name === undefined ? (at as Directive | undefined) : settingOf(at as Scope | Block | undefined, name)) ===
    word
  );
}

/** Undefined for what is none. Where the server has a setter of its own, the text is read as others read theirs. */
export function numberOf(directive: Directive | undefined): number | undefined {
  return amountOf(directive, 'number', parseNumber);
}

/** Of buffers the size of one. */
export function bytesOf(directive: Directive | undefined): number | undefined {
  return amountOf(directive, 'size', parseSize);
}

export function secondsOf(directive: Directive | undefined): number | undefined {
  const milliseconds = amountOf(directive, 'time', parseTime);
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

function amountOf(
  directive: Directive | undefined,
  kind: 'number' | 'size' | 'time',
  read: (text: string) => number,
): number | undefined {
  const value = directive && valueOf(directive);
  const found = value?.kind === 'text' ? amount(kind, read(value.text)) : value;
  return found?.kind === kind ? found.amount : undefined;
}
