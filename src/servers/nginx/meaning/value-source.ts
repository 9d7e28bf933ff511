/** Who decides what a variable of nginx holds, and what may stand in it. */
import type { Charset, Control } from '../facts/variable-sources.ts';
import {
  isBounded,
  isNamePattern,
  matchesLineBreak,
  matchesLineFeed,
  type CaptureGroup,
} from '../../../regex/captures.ts';
import type { Directive } from '../../../syntax/tree.ts';

/** What a value can be: the widest of its parts. */
export interface ValueSource {
  /** `unknown`: some part is a variable of a module that is not known, or one that nothing here defines. */
  readonly control: Control | 'unknown';
  readonly charset: Charset | 'unknown';
  /** Always empty, or begins with `/` or `?`: behind a host and port it cannot change them. */
  readonly isPath: boolean;
  /** The variables that a client chooses, without `$`, in the order met; through `set`, `map` and captures. */
  readonly clientVariables: readonly string[];
  /** The variables of nginx itself behind them, without `$`: `uri` for a capture of a location's expression. */
  readonly roots: readonly string[];
  /** The directives through which the value came, nearest first. */
  readonly through: readonly Directive[];
}

/** Can the client write this value, not only pick one? Unknown counts as no. */
export function clientChooses({ control }: ValueSource): boolean {
  return control === 'client';
}

/** Can it hold LF that a client wrote? Unknown counts as no. */
export function clientBreaksLines({ control, charset }: ValueSource): boolean {
  return control === 'client' && charset === 'any';
}

export const constant: ValueSource = {
  control: 'server',
  charset: 'fixed',
  isPath: true,
  clientVariables: [],
  roots: [],
  through: [],
};

export const notKnown: ValueSource = { ...constant, control: 'unknown', charset: 'unknown', isPath: false };

/** Directives on the way of a value that are kept. */
export const maxThrough = 50;

/** A value of more variables is not known. */
const maxVariables = 200;

/** A part of a value, as a group captures it. Among the texts of a bounded group a client only picks. */
export function captured(source: ValueSource, { text, start }: CaptureGroup, pattern: string): ValueSource {
  if (isBounded(text))
    return { ...source, control: 'server', charset: 'fixed', isPath: false, clientVariables: [], roots: [] };
  const isFirst = /^\^?\((?:\?[^)>]*>)?$/.test(pattern.slice(0, start));
  const isPath = /^(?:\(\?:|\()*\\?\//.test(text) || (isFirst && source.isPath);
  return { ...source, charset: narrowed(source.charset, text, /^\(\?[a-z]*s/.test(pattern)), isPath };
}

/** What a percent-encoded text holds once it is decoded. */
export function unescaped(source: ValueSource): ValueSource {
  return source.charset === 'fixed' || source.charset === 'name'
    ? source
    : { ...source, charset: 'any', isPath: false };
}

/** `dotAll`: the dot matches LF too. */
function narrowed(charset: ValueSource['charset'], group: string, dotAll: boolean): ValueSource['charset'] {
  if (isNamePattern(group)) return 'name';
  if (charset !== 'any' || matchesLineFeed(group) || (dotAll && matchesLineBreak(group))) return charset;
  return matchesLineBreak(group) ? 'carriage-return' : 'line';
}

const controls: readonly ValueSource['control'][] = ['server', 'unknown', 'backend', 'client'];

const charsets: readonly ValueSource['charset'][] = [
  'fixed',
  'name',
  'visible',
  'line',
  'carriage-return',
  'unknown',
  'any',
];

/** Client control and the wider charset win: a value is as dangerous as its most dangerous part. */
export function widest(a: ValueSource, b: ValueSource): ValueSource {
  if (b === constant || a === b) return a;
  if (a === constant) return b;
  const clientVariables = union(a.clientVariables, b.clientVariables);
  const roots = union(a.roots, b.roots);
  if (clientVariables.length > maxVariables || roots.length > maxVariables) return notKnown;
  // Charsets of parts that a client does not choose must not be taken for what a client can write.
  const charset = a.control === b.control ? wider(charsets, a.charset, b.charset) : (stronger(a, b) ? a : b).charset;
  return {
    control: wider(controls, a.control, b.control),
    charset,
    isPath: a.isPath && b.isPath,
    clientVariables,
    roots,
    through: union(a.through, b.through).slice(0, maxThrough),
  };
}

function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return b.length === 0 ? a : a.length === 0 ? b : [...new Set([...a, ...b])];
}

function stronger(a: ValueSource, b: ValueSource): boolean {
  return controls.indexOf(a.control) > controls.indexOf(b.control);
}

function wider<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}
