/** The names in nginx configs: variables, upstreams, named locations, zones, log formats. */
import { captureGroups } from '../../../regex/captures.ts';
import { definedBy, namingArgument } from '../../../servers/nginx/meaning/definers.ts';
import { serverAround } from '../../../servers/nginx/meaning/definitions.ts';
import { passDirectives } from '../../../servers/nginx/meaning/pass.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { wordTable } from '../../../text/word-table.ts';
import type { Cursor } from '../../cursor.ts';
import { occurrenceIn, type Occurrence } from '../../occurrence.ts';
import type { NamedPlace } from '../language.ts';
import { walkConfig } from '../walk.ts';
import { familyAt } from './contexts.ts';

export function* nginxNames(config: Config): Iterable<Occurrence> {
  for (const directive of walkConfig(config)) {
    const family = familyAt(config, directive.parent);
    yield* variablesIn(directive, family);
    yield* namesIn(directive, family);
  }
}

const mention = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;

function* variablesIn(directive: Directive, family: string): Iterable<Occurrence> {
  const defined = definedBy(directive);
  const naming = defined === undefined ? undefined : namingArgument(directive);
  const isEntry = isMapEntry(directive);
  const words = isEntry ? [directive.name, ...directive.args] : directive.args;
  for (const [index, word] of words.entries()) {
    if (isPattern(directive, word, isEntry && index === 0)) {
      yield* capturesIn(directive, word, family);
      continue;
    }
    if (isEntry && index === 0) continue;
    for (const match of word.raw.matchAll(mention)) {
      const name = (match[1] ?? match[2])!;
      const from = match.index + (match[1] === undefined ? 1 : 2);
      const part = { name, from, kind: `${family} variable`, key: name.toLowerCase() };
      yield occurrenceIn(directive, word, part, !isEntry && index === naming);
    }
  }
}

function* capturesIn(directive: Directive, word: Word, family: string): Iterable<Occurrence> {
  for (const { name } of word.raw.includes('(?') ? captureGroups(word.raw) : []) {
    const from = name === undefined ? -1 : word.raw.search(new RegExp(`\\(\\?P?[<']${name}[>']`));
    if (from < 0 || name === undefined) continue;
    const part = { name, from: word.raw.indexOf(name, from), kind: `${family} variable`, key: name.toLowerCase() };
    yield occurrenceIn(directive, word, part, true);
  }
}

function isMapEntry({ parent }: Directive): boolean {
  return parent.owner?.key === 'map';
}

/** Whether a word is a regular expression, in which a dollar sign is no variable's. */
function isPattern({ key, args }: Directive, word: Word, isSource: boolean): boolean {
  if (isSource) return word.value.startsWith('~');
  switch (key) {
    case 'rewrite':
      return word === args[0];
    case 'location':
      return true;
    case 'server_name':
      return word.value.startsWith('~');
    case 'if':
      return /^!?~\*?$/.test(args[args.indexOf(word) - 1]?.value ?? '');
    default:
      return false;
  }
}

/** Directives whose argument is the name of a zone, and which. */
const zoneUsers: ReadonlyMap<string, string> = new Map([
  ['limit_conn', 'limit_conn zone'],
  ['proxy_cache', 'cache'],
  ['fastcgi_cache', 'cache'],
  ['uwsgi_cache', 'cache'],
  ['scgi_cache', 'cache'],
]);

function* namesIn(directive: Directive, family: string): Iterable<Occurrence> {
  const { key, args } = directive;
  const [first, second] = args;
  switch (key) {
    case 'upstream':
      if (first && directive.block) yield whole(directive, first, `${family} upstream`, true);
      return;
    case 'location':
      if (first?.value.startsWith('@')) yield whole(directive, first, locationKind(directive), true);
      return;
    case 'try_files':
    case 'error_page':
    case 'post_action':
      for (const word of args)
        if (word.value.startsWith('@')) yield whole(directive, word, locationKind(directive), false);
      return;
    case 'log_format':
      if (first) yield whole(directive, first, `${family} log format`, true);
      return;
    case 'access_log':
      if (second && !second.value.includes('=')) yield whole(directive, second, `${family} log format`, false);
      return;
    case 'limit_req_zone':
      yield* parameters(directive, 'zone=', 'limit_req zone', true);
      return;
    case 'limit_conn_zone':
      yield* parameters(directive, 'zone=', 'limit_conn zone', true);
      return;
    case 'limit_req':
      yield* parameters(directive, 'zone=', 'limit_req zone', false);
      return;
    case 'proxy_cache_path':
    case 'fastcgi_cache_path':
    case 'uwsgi_cache_path':
    case 'scgi_cache_path':
      yield* parameters(directive, 'keys_zone=', 'cache', true);
      return;
    default:
  }
  const zone = zoneUsers.get(key);
  if (zone && first && first.value !== 'off' && !first.value.includes('$')) yield whole(directive, first, zone, false);
  if (key.endsWith('_pass') && first) yield* target(directive, first, family);
}

/** The group of servers that a request is handed to: what stands for the host, without a port. */
function* target(directive: Directive, word: Word, family: string): Iterable<Occurrence> {
  if (!passDirectives.has(directive.key) && family !== 'stream') return;
  const match = /^(["']?(?:[a-z]+:\/\/)?)([A-Za-z0-9_][\w.-]*)(?=$|[/"'?])/.exec(word.raw);
  if (match)
    yield occurrenceIn(directive, word, { name: match[2]!, from: match[1]!.length, kind: `${family} upstream` }, false);
}

function* parameters(directive: Directive, prefix: string, kind: string, isDefinition: boolean): Iterable<Occurrence> {
  for (const word of directive.args) {
    const match = /^(["']?[a-z_]+=)([^:"'$;]+)/.exec(word.raw);
    if (!match || match[1]!.replace(/^["']/, '') !== prefix) continue;
    yield occurrenceIn(directive, word, { name: match[2]!, from: match[1]!.length, kind }, isDefinition);
  }
}

function whole(directive: Directive, word: Word, kind: string, isDefinition: boolean): Occurrence {
  return occurrenceIn(directive, word, { name: word.value, from: word.quote === '' ? 0 : 1, kind }, isDefinition);
}

/** Named locations are those of one server. */
function locationKind(directive: Directive): string {
  const server = serverAround(directive);
  return `named location of ${server ? `${server.parent.file.path}:${server.start}` : 'the piece'}`;
}

const passSchemes: Readonly<Record<string, readonly string[]>> = wordTable({
  proxy_pass: ['http://', 'https://'],
  grpc_pass: ['grpc://', 'grpcs://'],
});

/** What a word at the cursor may name. */
export function namesAt({ directive, index, config, block }: Cursor): readonly NamedPlace[] {
  if (!directive || index === 0) return [];
  const family = familyAt(config, block);
  const { key } = directive;
  if (key.endsWith('_pass') && index === 1)
    return (passSchemes[family === 'stream' ? '' : key] ?? ['']).map((before) => ({
      kind: `${family} upstream`,
      before,
    }));
  if (key === 'access_log' && index === 2) return [{ kind: `${family} log format`, before: '' }];
  if (key === 'limit_req') return [{ kind: 'limit_req zone', before: 'zone=' }];
  if (key === 'try_files' || key === 'error_page') return [{ kind: locationKind(directive), before: '' }];
  const zone = zoneUsers.get(key);
  return zone !== undefined && index === 1 ? [{ kind: zone, before: '' }] : [];
}
