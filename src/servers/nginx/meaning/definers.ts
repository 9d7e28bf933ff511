import type { Directive } from '../../../syntax/tree.ts';

/** Directives that define a variable, with the argument that names it; -1: the last. Those of `set_by_lua` and the like are among them. */
const definers = new Map<string, number>([
  ['set', 0],
  ['auth_request_set', 0],
  ['map', 1],
  ['geo', -1],
  ['split_clients', 1],
  ['num_map', 1],
  ['keyval', 1],
  ['js_set', 0],
  ['js_var', 0],
  ['perl_set', 0],
  ['set_unescape_uri', 0],
  ['set_by_lua_block', 0],
  ['set_by_lua_file', 0],
  ['geoip2', 0],
]);

/** Their names. */
export const definingDirectives: readonly string[] = [...definers.keys()];

/** The index of the argument that only names the variable; undefined for any other directive. */
export function namingArgument({ key, args }: Directive): number | undefined {
  const argument = definers.get(key);
  return argument === -1 ? args.length - 1 : argument;
}

/** The variable that a directive defines, in lower case and without its sign: names are compared so. Undefined for any other directive. */
export function definedBy(directive: Directive): string | undefined {
  const argument = namingArgument(directive);
  const name = argument === undefined ? undefined : directive.args[argument]?.value;
  return name?.startsWith('$') ? name.slice(1).toLowerCase() : undefined;
}
