/** The contexts of nginx as bits, so that one comparison tells whether a directive may stand in a block. */
import type { Level } from '../../../syntax/config.ts';
import type { NginxContext } from '../facts/types.ts';

export const Context = {
  main: 1 << 0,
  events: 1 << 1,
  http: 1 << 2,
  server: 1 << 3,
  location: 1 << 4,
  'if-in-server': 1 << 5,
  'if-in-location': 1 << 6,
  limit_except: 1 << 7,
  upstream: 1 << 8,
  stream: 1 << 9,
  'stream-server': 1 << 10,
  'stream-upstream': 1 << 11,
  mail: 1 << 12,
  'mail-server': 1 << 13,
} as const satisfies Record<NginxContext, number>;

/** A block whose directives are not nginx's own, or not known. */
export const unchecked = 0;
/** A block of entries instead of directives: `map`, `geo`, `split_clients`, `types`, `charset_map`. */
export const entries = 1 << 20;

const titles: Readonly<Record<NginxContext, string>> = {
  main: 'the main context',
  events: '"events"',
  http: '"http"',
  server: '"server"',
  location: '"location"',
  'if-in-server': '"if" in "server"',
  'if-in-location': '"if" in "location"',
  limit_except: '"limit_except"',
  upstream: '"upstream"',
  stream: '"stream"',
  'stream-server': '"server" of "stream"',
  'stream-upstream': '"upstream" of "stream"',
  mail: '"mail"',
  'mail-server': '"server" of "mail"',
};

export function maskOf(contexts: readonly NginxContext[]): number {
  return contexts.reduce((mask, context) => mask | Context[context], 0);
}

/** `"http", "server" or "location"`. */
export function contextList(mask: number): string {
  return listWords(
    (Object.keys(titles) as NginxContext[]).filter((name) => mask & Context[name]).map((name) => titles[name]),
  );
}

/** Joins with commas and a last word before the last. */
export function listWords(words: readonly string[], last = 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** Where the block of a directive leads, by the context it stands in. */
export function contextInside(name: string, module: string, outer: number): number {
  switch (name) {
    case 'events':
    case 'http':
    case 'stream':
    case 'mail':
    case 'location':
    case 'limit_except':
      return Context[name];
    case 'server':
      if (module.startsWith('ngx_stream')) return Context['stream-server'];
      return module.startsWith('ngx_mail') ? Context['mail-server'] : Context.server;
    case 'upstream':
      return module.startsWith('ngx_stream') ? Context['stream-upstream'] : Context.upstream;
    case 'if':
      return outer & Context.server ? Context['if-in-server'] : Context['if-in-location'];
    default:
      return entries;
  }
}

const familyMasks = {
  http:
    Context.http |
    Context.server |
    Context.location |
    Context['if-in-server'] |
    Context['if-in-location'] |
    Context.limit_except |
    Context.upstream,
  stream: Context.stream | Context['stream-server'] | Context['stream-upstream'],
  mail: Context.mail | Context['mail-server'],
};

/** Every context of the protocol family to which a context belongs. */
export function familyOf(mask: number): number {
  for (const family of Object.values(familyMasks)) if (mask & family) return family;
  return mask;
}

/** The contexts of the top directives of a config. */
export function contextOfLevel(level: Level): number {
  if (level === 'map') return entries;
  return (Context as Readonly<Record<string, number>>)[level] ?? unchecked;
}
