/** nginx's "complex values": text with `$name`, `${name}` and `$1`. Follows `ngx_http_script_compile`. */
import { toBytes } from '../../../text/bytes.ts';
import { asWritten, isTemplated } from '../../../text/template/placeholder.ts';
import { giveUp } from '../../../model/unknown.ts';
import type { UserVariable } from './definitions.ts';
import { escapeArgs } from './uri.ts';

/** What texts with variables are made of: the state of a request, or of a connection of `stream`. */
export interface Evaluated<Self> {
  readonly setting: {
    readonly variable: (state: Self, name: string) => string;
    readonly definitions: ReadonlyMap<string, UserVariable>;
  };
  captures: readonly string[];
  /** Values of `set` variables, named captures, and cached maps. */
  readonly variables: Map<string, string>;
  /** How many variables are being computed, each for the one before. */
  variableDepth: number;
  /** Whether the URI held escapes, or a plus sign. */
  readonly quoted: boolean;
  readonly plus: boolean;
}

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'capture'; readonly index: number }
  | { readonly kind: 'variable'; readonly name: string };

const reference = /\$(?:([1-9])|\{(\w+)\}|(\w+))/g;

export function partsOf(text: string): readonly Part[] {
  const bytes = toBytes(text);
  if (!bytes.includes('$')) return bytes === '' ? [] : [{ kind: 'text', text: bytes }];
  const parts: Part[] = [];
  let end = 0;
  for (const match of bytes.matchAll(reference)) {
    if (match.index > end) parts.push({ kind: 'text', text: bytes.slice(end, match.index) });
    const name = match[2] ?? match[3];
    parts.push(
      name === undefined
        ? { kind: 'capture', index: Number(match[1]) }
        : { kind: 'variable', name: name.toLowerCase() },
    );
    end = match.index + match[0].length;
  }
  if (end < bytes.length) parts.push({ kind: 'text', text: bytes.slice(end) });
  return parts;
}

export function hasReferences(text: string): boolean {
  return partsOf(text).some((part) => part.kind !== 'text');
}

/** Throws `UnknownAnswer` for a text that a template makes. */
export function refuseTemplated(text: string): void {
  if (isTemplated(text)) giveUp(`What a template puts in the place of "${asWritten(text)}" is not known.`);
}

export interface EvaluateOptions {
  /** Captures are escaped as arguments, as in redirects and after a `?`, if the URI held escapes. */
  readonly quoteCaptures?: boolean;
}

/** Throws `UnknownAnswer` where a variable cannot be known. */
export function evaluate<S extends Evaluated<S>>(state: S, text: string, options: EvaluateOptions = {}): string {
  refuseTemplated(text);
  return evaluateParts(state, partsOf(text), options.quoteCaptures === true);
}

/** Values may double with each directive; no header or URI that is this long gets through. */
const maxLength = 65_536;

/**
 * Variables are looked up first, to measure the text; a pattern of a `map` that runs then changes the captures that are written after.
 */
function evaluateParts<S extends Evaluated<S>>(state: S, parts: readonly Part[], quote: boolean): string {
  const before = state.captures;
  const values: string[] = [];
  let length = 0;
  for (const part of parts) {
    const value = evaluatePart(state, part, quote);
    length += value.length;
    if (length > maxLength) giveUp(`A value is longer than ${maxLength} bytes.`);
    values.push(value);
  }
  if (state.captures === before) return values.join('');
  return parts
    .map((part, index) => {
      if (part.kind !== 'capture') return values[index]!;
      const now = evaluatePart(state, part, quote);
      return now.length === values[index]!.length ? now : giveUp('A "map" changes a capture beside which it is used.');
    })
    .join('');
}

export function evaluatePart<S extends Evaluated<S>>(state: S, part: Part, quote: boolean): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'variable':
      return state.setting.variable(state, part.name);
    case 'capture': {
      const captured = state.captures[part.index] ?? '';
      return quote && (state.quoted || state.plus) ? escapeArgs(captured) : captured;
    }
  }
}
