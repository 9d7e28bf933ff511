/** The documentation of nginx.org: text, syntax and contexts by module. Loaded when somebody asks for the first time. */
import type { Directive, Variable } from '@nginx/reference-lib';

export interface Documentation {
  /** By name: one for each module that has it. */
  readonly directives: ReadonlyMap<string, readonly Directive[]>;
  /** By name with its `$`. */
  readonly variables: ReadonlyMap<string, readonly Variable[]>;
}

let loaded: Promise<Documentation> | undefined;

export function documentation(): Promise<Documentation> {
  return (loaded ??= load());
}

async function load(): Promise<Documentation> {
  const { getDirectives, getVariables, Format } = await import('@nginx/reference-lib');
  return { directives: byName(getDirectives(Format.Markdown)), variables: byName(getVariables(Format.Markdown)) };
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): Map<string, Item[]> {
  const map = new Map<string, Item[]>();
  for (const item of items) {
    const same = map.get(item.name);
    if (same) same.push(item);
    else map.set(item.name, [item]);
  }
  return map;
}

/** The page of nginx.org about a module, at a directive of it. */
export function pageOf(module: string, name: string): string {
  const folder = /^ngx_(http|stream|mail)_/.exec(module)?.[1];
  const anchor = name.startsWith('$') ? `var_${name.slice(1)}` : name;
  return `https://nginx.org/en/docs/${folder ? `${folder}/` : ''}${module}.html#${anchor}`;
}
