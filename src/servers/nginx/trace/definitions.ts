/** Variables that a config defines: by blocks (`map`, `geo`, `split_clients`), or by directives that assign them on the way. */
import type { Block, Directive } from '../../../syntax/tree.ts';
import { children, childrenNamed, walk } from '../../../syntax/walk.ts';
import { definedBy } from '../meaning/definers.ts';
import type { Config } from '../../../syntax/config.ts';

export interface UserVariable {
  readonly kind: 'map' | 'geo' | 'split' | 'opaque';
  readonly directive: Directive;
}

/** How the value of a variable of the http level is found. */
const kinds = new Map<string, UserVariable['kind']>([
  ['map', 'map'],
  ['geo', 'geo'],
  ['split_clients', 'split'],
  ['num_map', 'opaque'],
  ['js_set', 'opaque'],
  ['perl_set', 'opaque'],
  ['keyval', 'opaque'],
  ['js_var', 'opaque'],
]);

/** The `http` block, or the file itself where the config is a fragment of one. */
function httpBlock(config: Config): Block {
  return childrenNamed(config.file.root, 'http')[0]?.block ?? config.file.root;
}

/** What a config defines, read once for all requests. */
export interface DefinedVariables {
  readonly definitions: ReadonlyMap<string, UserVariable>;
  /** Names that directives assign whose values are not traced (`auth_request_set`, `set_by_lua`, `geoip2`). */
  readonly assignedElsewhere: ReadonlySet<string>;
}

const read = new WeakMap<Config, DefinedVariables>();

export function definedVariables(config: Config): DefinedVariables {
  let defined = read.get(config);
  if (!defined) {
    const http = httpBlock(config);
    defined = { definitions: userVariables(http), assignedElsewhere: variablesAssignedElsewhere(http) };
    read.set(config, defined);
  }
  return defined;
}

/** Of a block of http or stream. */
export function userVariables(block: Block): ReadonlyMap<string, UserVariable> {
  const found = new Map<string, UserVariable>();
  for (const directive of children(block)) {
    const kind = kinds.get(directive.key);
    const name = kind && definedBy(directive);
    if (kind && name !== undefined) found.set(name, { kind, directive });
  }
  return found;
}

/** Among them `set_by_lua` and the set-misc module. */
const assigners = /^(?:auth_request_set|auth_jwt_(?:claim|header)_set|set_(?!real_ip_from).*|geoip2)$/;

function variablesAssignedElsewhere(http: Block): ReadonlySet<string> {
  const found = new Set<string>();
  const note = ({ name, args }: Directive): void => {
    for (const { value } of [name, ...args]) if (/^\$\w+$/.test(value)) found.add(value.slice(1).toLowerCase());
  };
  walk(http, (directive) => {
    if (!assigners.test(directive.key)) return;
    note(directive);
    if (directive.key === 'geoip2' && directive.block) children(directive.block).forEach(note);
  });
  return found;
}
