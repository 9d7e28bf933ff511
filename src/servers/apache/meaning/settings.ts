import { unknown, type Fact, type Unknown } from '../../../model/model.ts';
import type { Word } from '../../../syntax/tree.ts';
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

/** On or off, as httpd reads a flag; undefined for anything else. */
export function readFlag(texts: readonly string[]): boolean | undefined {
  const text = texts[0]?.toLowerCase();
  return text === 'on' ? true : text === 'off' ? false : undefined;
}
