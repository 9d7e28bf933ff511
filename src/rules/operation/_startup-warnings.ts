/** What nginx reads with a warning: one check a directive, which gives what is wrong where. */
import { parseNetwork } from '../../model/network.ts';
import { swallowedBy } from '../../servers/nginx/meaning/unread.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { children, childrenNamed } from '../../syntax/walk.ts';
import { wordTable } from '../../text/word-table.ts';
import type { At } from '../define-rule.ts';

export type Warning = { readonly at: At; readonly word: string } & (
  | { readonly message: 'bits'; readonly network: string; readonly edit: Word }
  | { readonly message: 'extension' | 'network' | 'range' | 'name'; readonly first: Directive }
  | { readonly message: 'balancing' | 'keepalive' | 'sticky'; readonly first: Directive }
  | { readonly message: 'url' | 'index' | 'deleted' | 'type' | 'masks' }
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

/** `ngx_http_geo_cidr_add`, `ngx_http_geo_cidr` and `ngx_http_geo_range`. */
export function checkGeo({ block }: Directive): Warning[] {
  const entries = block ? children(block) : [];
  const isRanges = entries.some(({ key, args }) => key === 'ranges' && args.length === 0);
  const isKnown = entries.every(({ key }) => key !== 'include');
  const seen = new Map<string, Directive>();
  return entries.flatMap((entry): Warning[] => {
    if (entry.key === 'proxy') return checkNetwork(entry);
    const isDeletion = entry.key === 'delete';
    const word = isDeletion ? entry.args[0] : entry.name;
    const key = word && (word.value === 'default' ? word.value : isRanges ? rangeKey(word) : networkKey(word));
    if (!word || key === undefined) return [];
    const at = placeIn(entry, word);
    const first = seen.get(key);
    const bits = isRanges ? [] : checkNetwork(entry, word);
    if (isDeletion) {
      seen.delete(key);
      const isAbsent = isKnown && !first && (!isRanges || seen.size === 0);
      return isAbsent ? [{ message: 'deleted', at, word: word.value }, ...bits] : bits;
    }
    seen.set(key, entry);
    if (!first) return bits;
    return [{ message: isRanges ? 'range' : 'network', at, word: word.value, first }];
  });
}

function networkKey({ value }: Word): string | undefined {
  const network = parseNetwork(value);
  if (!network) return undefined;
  return `${network.bits} ${network.address >> BigInt(network.bits - network.prefix)} ${network.prefix}`;
}

/** Ranges are split where others begin, so of several only equal ones are told from their text. */
function rangeKey({ value }: Word): string | undefined {
  const ends = value.split('-').map((end) => parseNetwork(end));
  return ends.length === 2 && ends.every((end) => end?.bits === 32 && end.prefix === 32)
    ? ends.map((end) => end!.address).join('-')
    : undefined;
}

/** Of `*_types` (`ngx_http_types_slot`): the type that each begins with. */
export const firstTypes: Readonly<Record<string, string>> = wordTable({
  addition_types: 'text/html',
  charset_types: 'text/html',
  gzip_types: 'text/html',
  ssi_types: 'text/html',
  sub_filter_types: 'text/html',
  xslt_types: 'text/xml',
});

export function checkTypesOf(directive: Directive): Warning[] {
  const seen = new Set([firstTypes[directive.key]]);
  const end = directive.args.findIndex(({ value }) => value === '*');
  return directive.args.slice(0, end === -1 ? undefined : end).flatMap((word): Warning[] => {
    const type = word.value.toLowerCase();
    if (seen.has(type)) return [{ message: 'type', at: placeIn(directive, word), word: word.value }];
    seen.add(type);
    return [];
  });
}

/** `ngx_core_module_init_conf`: a mask for each worker, or one for all. */
export function checkMasks(affinity: Directive): Warning[] {
  const { args, parent } = affinity;
  if (args.length < 2 || args[0]!.value === 'auto') return [];
  const workers = childrenNamed(parent, 'worker_processes').at(-1)?.args[0]?.value ?? '1';
  if (!/^\d+$/.test(workers) || Number(workers) === args.length) return [];
  return [{ message: 'masks', at: affinity, word: workers }];
}

const methods: ReadonlySet<string> = new Set(['ip_hash', 'least_conn', 'hash', 'random', 'least_time', 'sticky_hash']);

export function checkBalancing({ block }: Directive): Warning[] {
  const [first, ...others] = (block ? children(block) : []).filter(({ key }) => methods.has(key));
  return others.map((at) => ({ message: 'balancing', at, word: at.key, first: first! }));
}

/** `ngx_http_upstream_sticky` wraps the method that it finds, as "keepalive" does. */
export function checkSticky({ block }: Directive): Warning[] {
  const directives = block ? children(block) : [];
  const at = directives.findLast(({ key }) => methods.has(key));
  const first = at && directives.slice(0, directives.indexOf(at)).find(({ key }) => key === 'sticky');
  return first ? [{ message: 'sticky', at, word: at.key, first }] : [];
}

/** `ngx_http_upstream_keepalive` wraps the method that it finds; one that comes later takes its place. */
export function checkKeepalive({ block }: Directive): Warning[] {
  const directives = block ? children(block) : [];
  const at = directives.findLast(({ key }) => methods.has(key));
  const first = at && directives.slice(0, directives.indexOf(at)).find(({ key }) => key === 'keepalive');
  return first ? [{ message: 'keepalive', at, word: at.key, first }] : [];
}

/** `ngx_http_core_server_name`, and `ngx_http_server_names` for a name that one server has twice. */
export function checkNames(directives: readonly Directive[]): Warning[] {
  const seen = new Map<string, Directive>();
  return directives.flatMap((directive) => {
    const next = swallowedBy(directive);
    return directive.args.flatMap((word): Warning[] => {
      if (next && word.start >= next.start) return [];
      const at = placeIn(directive, word);
      if (word.value.includes('/') && !word.value.startsWith('~')) return [{ message: 'url', at, word: word.value }];
      const name = word.value.toLowerCase();
      const first = seen.get(name);
      if (first && !name.startsWith('~')) return [{ message: 'name', at, word: word.value, first }];
      seen.set(name, directive);
      return [];
    });
  });
}

/** `ngx_http_index_set_index`. */
export function checkIndex(index: Directive): Warning[] {
  return index.args.slice(0, -1).flatMap((word): Warning[] => {
    const isAbsolute = word.value.startsWith('/');
    return isAbsolute ? [{ message: 'index', at: placeIn(index, word), word: word.value }] : [];
  });
}
