/** The hash tables that nginx builds of words of the config, and what fits into them (src/core/ngx_hash.c). */
import type { Directive, Word } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { toBytes } from '../../../text/bytes.ts';
import { hasTemplateMark } from '../../../text/template/placeholder.ts';
import { wordTable } from '../../../text/word-table.ts';
import { scriptPasses } from './pass.ts';

export interface HashKey {
  readonly directive: Directive;
  readonly word: Word;
  /** What goes into the table, of the word. */
  readonly text: string;
}

export interface HashTable {
  /** As nginx names it in its messages. */
  readonly name: string;
  /** Whether `NAME_bucket_size` is a directive; nginx names it in its message even where it is none. */
  readonly isSettable: boolean;
  keysOf(directive: Directive): readonly HashKey[];
}

/** Those whose keys stand in directives of one name, by that name. Names of servers have conditions of their own. */
export const hashTables = wordTable<Readonly<Record<string, HashTable>>>({
  map: { name: 'map_hash', isSettable: true, keysOf: mapKeys },
  types: { name: 'types_hash', isSettable: true, keysOf: (types) => entries(types).flatMap((entry) => keys(entry)) },
  valid_referers: { name: 'referer_hash', isSettable: true, keysOf: refererKeys },
  ...each(['proxy_set_header'], { name: 'proxy_headers_hash', isSettable: true, keysOf: firstKey }),
  ...each(['proxy_hide_header', 'proxy_pass_header'], { name: 'proxy_headers_hash', isSettable: true, keysOf: keys }),
  ...each(['grpc_set_header'], { name: 'grpc_headers_hash', isSettable: false, keysOf: firstKey }),
  ...each(['grpc_hide_header', 'grpc_pass_header'], { name: 'grpc_headers_hash', isSettable: false, keysOf: keys }),
  ...each(['set', 'auth_request_set', 'perl_set', 'js_set', 'js_var'], variables(0)),
  ...each(['split_clients'], variables(1)),
  ...each(['geo'], variables(-1)),
  ...Object.assign({}, ...scriptPasses.map(({ family }) => ofPassed(family))),
  ...each(
    ['addition_types', 'brotli_types', 'charset_types', 'gzip_types', 'ssi_types', 'sub_filter_types', 'xslt_types'],
    { name: 'test_types_hash', isSettable: false, keysOf: keys },
  ),
});

function each(names: readonly string[], table: HashTable): Record<string, HashTable> {
  return Object.fromEntries(names.map((name) => [name, table]));
}

function ofPassed(protocol: string): Record<string, HashTable> {
  const hidden = { name: `${protocol}_hide_headers_hash`, isSettable: false, keysOf: keys };
  const parameters = { name: `${protocol}_params_hash`, isSettable: false, keysOf: headerParameter };
  return {
    ...each([`${protocol}_hide_header`, `${protocol}_pass_header`], hidden),
    ...each([`${protocol}_param`], parameters),
  };
}

function variables(index: number): HashTable {
  return {
    name: 'variables_hash',
    isSettable: true,
    keysOf: (directive) => {
      const word = directive.args.at(index);
      return word?.value.startsWith('$') ? [{ directive, word, text: word.value.slice(1) }] : [];
    },
  };
}

function keys(directive: Directive): HashKey[] {
  return directive.args.map((word) => ({ directive, word, text: word.value }));
}

function firstKey(directive: Directive): HashKey[] {
  return keys(directive).slice(0, 1);
}

/** Only what takes the place of a header of the client is looked for there. */
function headerParameter(directive: Directive): HashKey[] {
  const prefix = 'HTTP_';
  return firstKey(directive).flatMap((key) => {
    return key.text.startsWith(prefix) ? [{ ...key, text: key.text.slice(prefix.length) }] : [];
  });
}

function refererKeys(directive: Directive): HashKey[] {
  return keys(directive).flatMap((key) => {
    if (/^~|^(?:none|blocked|server_names)$/.test(key.text)) return [];
    return hostKeys({ ...key, text: key.text.split('/', 1)[0]! });
  });
}

const special: ReadonlySet<string> = new Set(['default', 'include', 'hostnames', 'volatile']);

function mapKeys(map: Directive): HashKey[] {
  const inside = entries(map);
  const hasHosts = inside.some(({ key, args }) => key === 'hostnames' && args.length === 0);
  return inside.flatMap((directive) => {
    const { name: word, args } = directive;
    const { value } = word;
    if (value.startsWith('~') || (special.has(value) && (args.length === 0 || value === 'default'))) return [];
    if (value === 'include') return [];
    const key = { directive, word, text: value.replace(/^\\/, '') };
    return hasHosts ? hostKeys(key) : [key];
  });
}

/** A name with a wildcard has a table for each of its labels. */
export function hostKeys(key: HashKey): HashKey[] {
  const { text } = key;
  const isWild = /^\*?\.|\.\*$/.test(text);
  if (!isWild) return [key];
  const labels = text.split('.').filter((label) => label !== '*' && label !== '');
  // Of ".example.org", "example.org" goes into the table of exact names.
  const exact = text.startsWith('.') ? [text.slice(1)] : [];
  return [...labels, ...exact].map((part) => ({ ...key, text: part }));
}

function entries({ block }: Directive): readonly Directive[] {
  return block ? children(block) : [];
}

/** Of x86-64 and most ARM processors; bucket sizes are rounded up to it, and it is the default of all of these tables. */
export const cacheLine = 64;
const pointer = 8;

/** What a bucket must have, in bytes, for a key: `NGX_HASH_ELT_SIZE` and the null pointer at the end. 0: not known. */
export function neededFor(text: string): number {
  if (hasTemplateMark(text)) return 0;
  return pointer + align(toBytes(text).length + 2, pointer) + pointer;
}

/** The size of buckets that `NAME_bucket_size` asks for. */
export function bucketSize(asked: number): number {
  return align(asked, cacheLine);
}

/** The smallest usual size that is enough. */
export function bucketFor(needed: number): number {
  return 2 ** Math.ceil(Math.log2(needed));
}

function align(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}
