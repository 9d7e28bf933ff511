/** What nginx reads with a warning: one check a directive, which gives what is wrong where. */
import { parseNetwork } from '../../model/network.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import type { At } from '../define-rule.ts';

export type Warning = { readonly at: At; readonly word: string } & (
  | { readonly message: 'bits'; readonly network: string; readonly edit: Word }
  | { readonly message: 'extension' | 'network' | 'name'; readonly first: Directive }
  | { readonly message: 'balancing' | 'keepalive' | 'sticky'; readonly first: Directive }
  | { readonly message: 'url' | 'index' }
);

/** `allow`, `deny`, `set_real_ip_from`: `ngx_ptocidr`. */
export function checkNetwork(directive: Directive, word: Word | undefined = directive.args[0]): Warning[] {
  const network = word && parseNetwork(word.value);
  if (!network || !word.value.includes('/')) return [];
  const low = BigInt(network.bits - network.prefix);
  const masked = (network.address >> low) << low;
  if (masked === network.address || network.bits !== 32) return [];
  const octets = [24n, 16n, 8n, 0n].map((shift) => (masked >> shift) & 255n).join('.');
  const text = `${octets}/${network.prefix}`;
  return [{ message: 'bits', at: placeIn(directive, word), word: word.value, network: text, edit: word }];
}

/** `ngx_http_core_type`. */
export function checkTypes({ block }: Directive): Warning[] {
  const seen = new Map<string, Directive>();
  return (block ? children(block) : []).flatMap((entry) =>
    entry.args.flatMap((word): Warning[] => {
      const extension = word.value.toLowerCase();
      const first = seen.get(extension);
      if (first) return [{ message: 'extension', at: placeIn(entry, word), word: word.value, first }];
      seen.set(extension, entry);
      return [];
    }),
  );
}

/** `ngx_http_geo_cidr_add`; in a geo of ranges the names are no networks. */
export function checkGeo({ block }: Directive): Warning[] {
  const seen = new Map<string, Directive>();
  return (block ? children(block) : []).flatMap((entry): Warning[] => {
    if (entry.key === 'proxy' || entry.key === 'delete') return checkNetwork(entry);
    const { name } = entry;
    const network = parseNetwork(name.value);
    if (!network) return [];
    const low = BigInt(network.bits - network.prefix);
    const key = `${network.bits} ${network.address >> low} ${network.prefix}`;
    const first = seen.get(key);
    seen.set(key, entry);
    if (first) return [{ message: 'network', at: placeIn(entry, name), word: name.value, first }];
    return checkNetwork(entry, name);
  });
}

const methods: ReadonlySet<string> = new Set(['ip_hash', 'least_conn', 'hash', 'random', 'least_time', 'sticky_hash']);

export function checkBalancing({ block }: Directive): Warning[] {
  const [first, ...others] = (block ? children(block) : []).filter(({ key }) => methods.has(key));
  return others.map((at) => ({ message: 'balancing', at, word: at.key, first: first! }));
}

/** `ngx_http_upstream_keepalive` wraps the method that it finds; one that comes later takes its place. */
export function checkKeepalive({ block }: Directive): Warning[] {
  const directives = block ? children(block) : [];
  const at = directives.findLast(({ key }) => methods.has(key));
  const first = at && directives.slice(0, directives.indexOf(at)).find(({ key }) => key === 'keepalive');
  return first ? [{ message: 'keepalive', at, word: at.key, first }] : [];
}

/** `ngx_http_upstream_sticky` wraps the method that it finds, like `keepalive`. */
export function checkSticky({ block }: Directive): Warning[] {
  const directives = block ? children(block) : [];
  const at = directives.findLast(({ key }) => methods.has(key));
  const first = at && directives.slice(0, directives.indexOf(at)).find(({ key }) => key === 'sticky');
  return first ? [{ message: 'sticky', at, word: at.key, first }] : [];
}

/** `ngx_http_core_server_name`, and `ngx_http_server_names` for a name that one server has twice. */
export function checkNames(directives: readonly Directive[]): Warning[] {
  const seen = new Map<string, Directive>();
  return directives.flatMap((directive) =>
    directive.args.flatMap((word): Warning[] => {
      const at = placeIn(directive, word);
      if (word.value.includes('/') && !word.value.startsWith('~')) return [{ message: 'url', at, word: word.value }];
      const name = word.value.toLowerCase();
      const first = seen.get(name);
      if (first && !name.startsWith('~')) return [{ message: 'name', at, word: word.value, first }];
      seen.set(name, directive);
      return [];
    }),
  );
}

/** `ngx_http_index_set_index`. */
export function checkIndex(index: Directive): Warning[] {
  return index.args.slice(0, -1).flatMap((word): Warning[] => {
    const isAbsolute = word.value.startsWith('/');
    return isAbsolute ? [{ message: 'index', at: placeIn(index, word), word: word.value }] : [];
  });
}
