/** Variables that a config defines by blocks: `map`, `geo`, `split_clients`. */
import type { Block, Directive } from '../../../syntax/tree.ts';
import { children, childrenNamed } from '../../../syntax/walk.ts';
import type { Config } from '../../../syntax/config.ts';

export interface UserVariable {
  readonly kind: 'map' | 'geo' | 'opaque';
  readonly directive: Directive;
}

const definers = new Map<string, { readonly kind: UserVariable['kind']; readonly argument: number }>([
  ['map', { kind: 'map', argument: 1 }],
  ['geo', { kind: 'geo', argument: -1 }],
  ['split_clients', { kind: 'opaque', argument: 1 }],
  ['geoip2', { kind: 'opaque', argument: -1 }],
  ['js_set', { kind: 'opaque', argument: 0 }],
  ['perl_set', { kind: 'opaque', argument: 0 }],
  ['keyval', { kind: 'opaque', argument: 1 }],
  ['js_var', { kind: 'opaque', argument: 0 }],
  ['auth_request_set', { kind: 'opaque', argument: 0 }],
]);

/** The `http` block, or the file itself where the config is a fragment of one. */
export function httpBlock(config: Config): Block {
  return childrenNamed(config.file.root, 'http')[0]?.block ?? config.file.root;
}

export function userVariables(http: Block): Map<string, UserVariable> {
  const found = new Map<string, UserVariable>();
  for (const directive of children(http)) {
    const definer = definers.get(directive.key);
    const name = definer && directive.args.at(definer.argument)?.value;
    if (name?.startsWith('$')) found.set(name.slice(1).toLowerCase(), { kind: definer!.kind, directive });
  }
  return found;
}
