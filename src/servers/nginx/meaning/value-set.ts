/** The literal texts that a value with variables may be: followed through `set`, `map`, `geo` and `split_clients`. */
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Definitions } from './definitions.ts';
import { givenValues, sizeOf } from './given-values.ts';

export interface LiteralValue {
  readonly text: string;
  /** The `set` and the entries of `map` and the like that give it, nearest first. */
  readonly through: readonly Directive[];
}

/** Deeper chains of definitions are not followed. */
const maxDepth = 8;
/** More values than this are not counted up, unless asked for. */
const usualMost = 64;

/**
 * All texts that `text` may become where it stands in `at`, the empty one too where a `map` has no default. Unknown where a variable has another
 * source: the request, a capture, a module. A text without variables is its own only value.
 */
export function valuesOf(
  text: string,
  at: Directive,
  definitions: Definitions,
  most = usualMost,
): readonly LiteralValue[] | Unknown {
  return new ValueReader(definitions, most).read(text, at, 0);
}

/** The one text that it always becomes; undefined: there are more, or it is not known. */
export function constantOf(text: string, at: Directive, definitions: Definitions): LiteralValue | undefined {
  const values = valuesOf(text, at, definitions);
  if (values === unknown) return undefined;
  return new Set(values.map((value) => value.text)).size === 1 ? values[0] : undefined;
}

const piece = /\$(?:\{(\w+)\}|(\w+))|[^$]+|\$/g;

class ValueReader {
  readonly #definitions: Definitions;
  readonly #most: number;

  constructor(definitions: Definitions, most: number) {
    this.#definitions = definitions;
    this.#most = most;
  }

  read(text: string, at: Directive, depth: number): readonly LiteralValue[] | Unknown {
    let values: readonly LiteralValue[] = [{ text: '', through: [] }];
    for (const [written, braced, bare] of text.matchAll(piece)) {
      const name = braced ?? bare;
      const next = name === undefined ? [{ text: written, through: [] }] : this.#variable(name, at, depth);
      if (next === unknown || values.length * next.length > this.#most) return unknown;
      values = values.flatMap((before) =>
        next.map((value) => ({ text: before.text + value.text, through: [...before.through, ...value.through] })),
      );
    }
    return values;
  }

  #variable(name: string, at: Directive, depth: number): readonly LiteralValue[] | Unknown {
    if (depth >= maxDepth || /^\d/.test(name) || this.#definitions.isCapture(name)) return unknown;
    const definitions = this.#definitions.before(name, at);
    if (definitions.length === 0 || definitions.length > this.#most) return unknown;
    const found: LiteralValue[] = [];
    for (const directive of definitions) {
      const values = this.#definition(directive, depth);
      if (values === unknown || found.length + values.length > this.#most) return unknown;
      found.push(...values);
    }
    return found;
  }

  #definition(directive: Directive, depth: number): readonly LiteralValue[] | Unknown {
    if (sizeOf(directive) > this.#most) return unknown;
    const given = givenValues(directive);
    if (!given || given.includes) return unknown;
    const found: LiteralValue[] = [];
    for (const { text, by, hasGroups } of given.values) {
      const values = hasGroups ? unknown : this.#through(text, by, directive, depth);
      if (values === unknown) return unknown;
      found.push(...values);
    }
    return given.isWhole ? found : [...found, { text: '', through: [directive] }];
  }

  #through(text: string, by: Directive, at: Directive, depth: number): readonly LiteralValue[] | Unknown {
    const values = this.read(text, at, depth + 1);
    return values === unknown ? unknown : values.map((value) => ({ ...value, through: [by, ...value.through] }));
  }
}
