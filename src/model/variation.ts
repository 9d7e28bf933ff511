/** What a config lets depend on a request besides its address, name and path, as far as it names it. */
import type { Directive } from '../syntax/tree.ts';
import { addressesIn, parseNetwork } from './network.ts';
import type { Route, VirtualHost } from './model.ts';

/** One thing that a request has. Byte strings. */
export type Trait =
  | { readonly kind: 'method' | 'path' | 'query' | 'client' | 'name'; readonly value: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  /** A header that the config sets, or takes away, on the way to the backend: a client may send it, too. */
  | { readonly kind: 'own-header'; readonly name: string }
  /** The header in which proxies tell the address of the client. */
  | { readonly kind: 'told-client'; readonly name: string }
  /** Bytes. */
  | { readonly kind: 'body'; readonly size: number };

/** Requests with these traits may be answered otherwise than those without. */
export interface Variation {
  readonly traits: readonly Trait[];
  /** What tells them apart. */
  readonly directive: Directive;
}

/** The variations of a config; those of a level are bounded in number. */
export interface Variations {
  /** On the level of the virtual host and those around it. */
  ofHost(host: VirtualHost): readonly Variation[];
  /** On the level that the route opens, and in its conditions. */
  ofRoute(route: Route): readonly Variation[];
}

/** Clients of a network; none for what is no address. */
export function clientTraits(network: string): readonly Trait[] {
  const parsed = parseNetwork(network);
  return parsed ? addressesIn(parsed).map((value) => ({ kind: 'client', value })) : [];
}

/** Bodies of a size that a limit still allows, and of one more. */
export function bodyTraits(limit: number): readonly Trait[] {
  if (!Number.isSafeInteger(limit) || limit <= 0) return [];
  return [limit, limit + 1].map((size) => ({ kind: 'body', size }));
}

const tokenText = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** None for what no client can send. */
export function headerTraits(name: string, values: Iterable<string>): readonly Trait[] {
  if (!tokenText.test(name)) return [];
  return [...values]
    .filter((value) => !/[\x00-\x1f\x7f]/.test(value))
    .map((value) => ({ kind: 'header', name, value }));
}

/** None for what no client can send. */
export function namedHeaderTraits(kind: 'own-header' | 'told-client', name: string): readonly Trait[] {
  return tokenText.test(name) ? [{ kind, name }] : [];
}

/** Those that a text is compared with, and one that is none of them. */
export function comparedMethodTraits(values: readonly string[]): readonly Trait[] {
  return methodTraits(values.includes('GET') ? new Set([...values, 'POST']) : values);
}

/** None for what is no method. */
export function methodTraits(values: Iterable<string>): readonly Trait[] {
  return [...values].filter((value) => /^[A-Z][A-Z_-]*$/.test(value)).map((value) => ({ kind: 'method', value }));
}

/** None for what is no host name. */
export function nameTraits(values: Iterable<string>): readonly Trait[] {
  return [...values]
    .filter((value) => /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(value))
    .map((value) => ({ kind: 'name', value }));
}

/** `values`: as the server compares them, decoded. */
export function pathTraits(values: Iterable<string>): readonly Trait[] {
  return [...values].map((value) => ({ kind: 'path', value: encodedPath(value) }));
}

/** With the characters escaped that a request line cannot hold. */
export function encodedPath(path: string): string {
  return path.replace(
    /[\x00-\x20\x7f-\uffff#?%"<>\\^`{|}]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

export function queryTraits(values: Iterable<string>): readonly Trait[] {
  return [...values].filter((value) => !/[\x00-\x20\x7f#]/.test(value)).map((value) => ({ kind: 'query', value }));
}

/** One variation a trait. */
export function variationsOf(traits: readonly Trait[], directive: Directive): readonly Variation[] {
  return traits.map((trait) => ({ traits: [trait], directive }));
}
