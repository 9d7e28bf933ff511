import type { Directive } from '../../../syntax/tree.ts';
import { givenValues } from './given-values.ts';
import type { Variables } from './variables.ts';
import type { ValueSource } from './value-source.ts';
import { readUrl } from '../../../model/url.ts';

/** What a client can write into the part of a URL before its path: scheme, host and port. */
export interface HostSource {
  /** The variables of this part that hold what a client writes, as they stand in the config, without `$`. */
  readonly variables: readonly string[];
  /** True if all of them hold only letters, digits, `_` and `-`. */
  readonly isName: boolean;
  /** True if the text around them fixes a part of the host. */
  readonly isPartial: boolean;
  /** The directives through which the values came. */
  readonly through: readonly Directive[];
}

/**
 * Reads the host part of a URL with variables; those that `set` or `map` define are replaced by what they can hold. Undefined where
 * no client has a hand in it. What comes from `ignored` variables of nginx alone does not count.
 */
export function clientHost(
  text: string,
  at: Directive,
  variables: Variables,
  ignored: ReadonlySet<string> = none,
): HostSource | undefined {
  const reader = new HostReader(variables, ignored);
  reader.read(text, at, 0);
  if (reader.names.size === 0) return undefined;
  return {
    variables: [...reader.names],
    isName: reader.isName,
    isPartial: reader.hasLiteral,
    through: [...reader.through],
  };
}

const none: ReadonlySet<string> = new Set();
const piece = /\$(?:\{(\w+)\}|(\d)|(\w+))|[^$]+|\$/g;
/** Deeper chains of definitions are not followed. */
const maximalDepth = 8;

class HostReader {
  readonly names = new Set<string>();
  readonly through = new Set<Directive>();
  isName = true;
  hasLiteral = false;
  readonly #variables: Variables;
  readonly #ignored: ReadonlySet<string>;
  readonly #seen = new Set<Directive>();

  constructor(variables: Variables, ignored: ReadonlySet<string>) {
    this.#variables = variables;
    this.#ignored = ignored;
  }

  /** True if the path began within the text. */
  read(text: string, at: Directive, depth: number): boolean {
    for (const match of text.matchAll(piece)) {
      const name = match[1] ?? match[2] ?? match[3];
      if (name === undefined ? this.#literal(match[0]) : this.#variable(name, at, depth)) return true;
    }
    return false;
  }

  #literal(text: string): boolean {
    // What follows a variable for the scheme.
    const { host, pathAndQuery } = readUrl(text.startsWith('://') ? text.slice('://'.length) : text);
    if (/[\w-]/.test(host.text)) this.hasLiteral = true;
    return pathAndQuery.text !== '';
  }

  #variable(name: string, at: Directive, depth: number): boolean {
    const source = this.#variables.sourceOf(`\${${name}}`, at);
    if (source.isPath) return true;
    if (source.control !== 'client' || source.roots.every((root) => this.#ignored.has(root))) return false;
    const texts = this.#textsOf(name, at);
    if (texts && depth < maximalDepth) {
      const ends = texts.map(({ text, by }) => this.read(text, by, depth + 1));
      return ends.length > 0 && ends.every(Boolean);
    }
    this.#add(name, source);
    return false;
  }

  #add(name: string, source: ValueSource): void {
    this.names.add(name);
    for (const directive of source.through) this.through.add(directive);
    if (source.charset !== 'name') this.isName = false;
  }

  /** What `set` and `map` put into a variable; undefined for one that something else makes. */
  #textsOf(name: string, at: Directive): { text: string; by: Directive }[] | undefined {
    const definitions = this.#variables.definitions.of(name, at).filter((directive) => !this.#seen.has(directive));
    if (definitions.length === 0 || definitions.some(({ key }) => key !== 'set' && key !== 'map')) return undefined;
    const given = definitions.map((by) => ({ by, values: givenValues(by)?.values ?? [] }));
    // Captures of a map's own expressions mean something only there.
    if (given.some(({ values }) => values.some(({ hasGroups }) => hasGroups))) return undefined;
    for (const { by } of given) {
      this.#seen.add(by);
      this.through.add(by);
    }
    return given.flatMap(({ by, values }) => values.map(({ text }) => ({ text, by })));
  }
}
