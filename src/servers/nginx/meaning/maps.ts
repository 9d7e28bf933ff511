import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import type { NginxScope } from './scope.ts';

/** The `map` blocks of the http level, by the variable they make. */
export class Maps {
  readonly #byVariable = new Map<string, Directive>();
  readonly #found = new Map<string, unknown>();

  constructor(http: NginxScope | undefined) {
    for (const directive of http?.own('map') ?? []) {
      const variable = directive.args[1]?.value;
      if (variable?.startsWith('$')) this.#byVariable.set(variable.slice(1), directive);
    }
  }

  get(variable: string): Directive | undefined {
    return this.#byVariable.get(variable);
  }

  /** What was found out about a value once, for the many places that use it. */
  remember<T>(key: string, find: () => T): T {
    if (!this.#found.has(key)) this.#found.set(key, find());
    return this.#found.get(key) as T;
  }
}

/**
 * The value that a map gives for a value of its source; undefined where that cannot be told (a regular expression, an include). Map keys
 * are compared without regard to case.
 */
export function lookUp(map: Directive, source: string): string | undefined {
  if (!map.block) return undefined;
  let fallback = '';
  let exact: string | undefined;
  for (const { key, name, args } of children(map.block)) {
    const value = args[0]?.value;
    if (key === 'hostnames' || key === 'volatile') continue;
    if (key === 'include' || value === undefined || name.value.startsWith('~')) return undefined;
    if (key === 'default' && name.quote === '') fallback = value;
    else if (name.value.toLowerCase() === source) exact = value;
  }
  return exact ?? fallback;
}

/** An entry of a map that is a regular expression. */
export interface MapPattern {
  readonly entry: Directive;
  /** Without the sign before it. */
  readonly pattern: string;
  readonly caseInsensitive: boolean;
}

/** The entries with `~` or `~*`. */
export function mapPatterns({ block }: Directive): MapPattern[] {
  const entries = block ? children(block).filter(({ name }) => name.value.startsWith('~')) : [];
  return entries.map((entry) => {
    const caseInsensitive = entry.name.value.startsWith('~*');
    return { entry, pattern: entry.name.value.slice(caseInsensitive ? 2 : 1), caseInsensitive };
  });
}
