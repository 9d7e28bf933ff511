/** The documentation of nginx.org: text, syntax and contexts by module. Loaded when somebody asks for the first time. */
import type { Directive, Variable } from '@nginx/reference-lib';
import { groupBy } from '../../../text/group-by.ts';

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
  return {
    directives: groupBy(getDirectives(Format.Markdown), ({ name }) => name),
    variables: groupBy(getVariables(Format.Markdown), ({ name }) => name),
  };
}

/** The page of nginx.org about a module, at a directive of it. */
export function pageOf(module: string, name: string): string {
  const folder = /^ngx_(http|stream|mail)_/.exec(module)?.[1];
  const anchor = name.startsWith('$') ? `var_${name.slice(1)}` : name;
  return `https://nginx.org/en/docs/${folder ? `${folder}/` : ''}${module}.html#${anchor}`;
}
