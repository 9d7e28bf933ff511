/** What the settings of sslh hold, in words, and what a written value is. */
import type { SslhScope, SslhType } from '../facts/index.ts';
import { placeIn, type Directive } from '../../../syntax/tree.ts';
import type { Offer } from '../../../edits/lines.ts';

export const placeNames: Readonly<Record<SslhScope, string>> = {
  main: 'at the top',
  listen: 'in an entry of "listen"',
  protocols: 'in an entry of "protocols"',
};

export const typeNames: Readonly<Record<SslhType, string>> = {
  bool: 'true or false',
  int: 'an integer',
  'bool-or-int': 'true, false or an integer',
  string: 'a string in quotes',
  strings: 'an array of strings "[ ]"',
  list: 'a list of groups "( { } )"',
  probe: 'a string or an array of strings',
};

/** A port that is a number has a rule of its own. */
export function isPortNumber({ key, args }: Directive): boolean {
  return key === 'port' && /^\d+$/.test(args[0]?.raw ?? '');
}

/** The number that a boolean of an older version stands for: "verbose" was one. */
export function numberFor(setting: Directive, type: SslhType): Offer {
  const [word] = setting.args;
  const number = type === 'int' && word?.quote === '' && /^(true|false)$/i.exec(word.raw);
  if (!number) return {};
  const text = number[0].toLowerCase() === 'true' ? '1' : '0';
  return { fix: { title: 'Write the number', edits: [{ place: placeIn(setting, word), text }] } };
}

export function hasType({ args, block }: Directive, type: SslhType): boolean {
  if (block)
    return type === 'list' ? block.kind === 'list' : (type === 'strings' || type === 'probe') && block.kind !== 'group';
  const [word] = args;
  // A value that could not be read is reported as a mistake of syntax; what is filled in is not known.
  if (!word || word.raw.startsWith('$')) return true;
  if (word.quote) return type === 'string' || type === 'probe';
  const isBoolean = /^(?:true|false)$/i.test(word.raw);
  const isInteger = /^[-+]?\d+L*$|^0[xbqo]/i.test(word.raw);
  if (type === 'bool') return isBoolean;
  if (type === 'int') return isInteger;
  return type === 'bool-or-int' && (isBoolean || isInteger);
}
