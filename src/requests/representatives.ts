/**
 * Requests that stand for all: complete over the addresses, names, routes and conditions that a config names, samples inside its regular
 * expressions and networks.
 */
import type { Model, Route, VirtualHost } from '../model/model.ts';
import type { TraceRequest } from '../model/trace.ts';
import { encodedPath, type Trait, type Variation, type Variations } from '../model/variation.ts';
import type { Targets } from '../model/versions.ts';
import { serverOf } from '../servers/index.ts';
import type { Config } from '../syntax/config.ts';
import { headerOf } from '../syntax/tree.ts';
import { toBytes } from '../text/bytes.ts';
import { addressesOf, unknownName, type Address, type OpenAddress } from './addresses.ts';
import { below, pathsAround, pathTo, prefixAround } from './paths.ts';
import type { RepresentativeRequest, StandsFor } from './representative-request.ts';
import { requestKey } from './request-to.ts';
import { toldClient, usualRequests } from './usual.ts';

export interface Subject {
  readonly config: Config;
  readonly model: Model;
  readonly targets: Targets;
}

/** Of the virtual host, tried on each route; all of them are tried at its root. */
const mostOfHost = 16;

/** Each request once a virtual host; their number is linear in the size of the config. `hosts`: those of the model that are asked about. */
export function* representativeRequests(
  { config, model }: Subject,
  hosts: Iterable<VirtualHost> = model.virtualHosts,
): Generator<RepresentativeRequest> {
  const server = serverOf(config.dialect);
  const variations = server.variations?.(config);
  const openAddress: OpenAddress = (port) => server.openAddress?.(config, port);
  for (const host of hosts) yield* requestsOf(host, variations, openAddress);
  for (const { request, place, why } of server.connections?.(config) ?? [])
    yield { request, standsFor: { ...nobody, place }, why };
}

const nobody = { virtualHost: undefined, listener: undefined, route: undefined } as const;

function* requestsOf(
  host: VirtualHost,
  variations: Variations | undefined,
  openAddress: OpenAddress,
): Generator<RepresentativeRequest> {
  const seen = new Set<string>();
  const asked = new Set<boolean>();
  for (const address of addressesOf(host, openAddress)) {
    const isTls = address.listener?.tls ?? false;
    const requests = asked.has(isTls) ? rootRequests(host, address) : allRequests(host, address, variations);
    if (address.isReached) asked.add(isTls);
    for (const each of requests) {
      const key = requestKey(each.request);
      if (seen.has(key)) continue;
      seen.add(key);
      yield each;
    }
  }
}

function* rootRequests(host: VirtualHost, address: Address): Generator<RepresentativeRequest> {
  const place = host.directive && headerOf(host.directive);
  const standsFor = { virtualHost: host, listener: address.listener, route: undefined, place };
  for (const name of address.names) {
    const why = name === unknownName ? 'a name that no virtual host has' : 'the root under this name';
    yield { request: address.request('/', name), standsFor, why };
  }
  for (const [path, why] of rootPaths) yield { request: address.request(path), standsFor, why };
  yield { request: { ...address.request('/'), method: 'FOO' }, standsFor, why: 'a method that nobody knows' };
}

const rootPaths = [
  ['/x/y?a=1', 'a path that no route names'],
  ['/.env', 'a hidden file'],
  ['/.git/config', 'a file in a hidden folder'],
  ['/.htaccess', 'a file that httpd hides'],
  ['/x.php', 'a script'],
  ['//x', 'a path with two slashes'],
  ['/x%2fy', 'a path with an escaped slash'],
  ['/x%3Fy', 'a path with an escaped question mark'],
] as const;

function* allRequests(
  host: VirtualHost,
  address: Address,
  variations: Variations | undefined,
): Generator<RepresentativeRequest> {
  yield* rootRequests(host, address);
  const shared = variations?.ofHost(host) ?? [];
  const place = host.directive && headerOf(host.directive);
  const root = { virtualHost: host, listener: address.listener, route: undefined, place };
  const atRoot = address.request('/');
  yield* usualRequests(atRoot, shared, root);
  yield* varied(atRoot, '', shared, root);
  for (const route of host.routes) {
    const standsFor = { ...root, route, place: headerOf(route.directive) };
    const paths = pathsAround(route);
    for (const { path, why } of paths) yield { request: address.request(path), standsFor, why };
    const path = paths[0]?.path;
    if (path === undefined) continue;
    const request = address.request(path);
    const own = [...variationsAt(route, variations), ...shared.slice(0, mostOfHost)];
    yield* usualRequests(request, own, standsFor);
    const prefix = encodedPath(route.match.kind === 'regex' ? prefixAround(route) : toBytes(pathTo(route) ?? ''));
    yield* varied(request, prefix, own, standsFor);
  }
}

function* varied(
  request: TraceRequest,
  prefix: string,
  variations: readonly Variation[],
  standsFor: StandsFor,
): Generator<RepresentativeRequest> {
  for (const { traits, directive } of [...variations, ...crossed(variations)]) {
    if (traits.every(({ kind }) => kind === 'own-header')) continue;
    const changed = traits.reduce((each, trait) => withTrait(each, trait, prefix), request);
    yield { request: changed, standsFor, why: `what "${directive.name.value}" tells apart` };
  }
}

/** Of the route, and of the routes around it, whose lists and conditions it may inherit. */
function variationsAt(route: Route, variations: Variations | undefined): readonly Variation[] {
  const found: Variation[] = [];
  for (let each: Route | undefined = route; each && found.length < mostOfLevels; each = each.parent)
    found.push(...(variations?.ofRoute(each) ?? []));
  return found;
}

const mostOfLevels = 64;

/** What is often read together: lists of addresses and of methods; who asks, and whom that one says to ask for. */
function crossed(variations: readonly Variation[]): readonly Variation[] {
  const sole = (kind: Trait['kind'], most = mostCrossed): readonly Variation[] =>
    variations.filter(({ traits }) => traits.length === 1 && traits[0]!.kind === kind).slice(0, most);
  const clients = sole('client');
  const methods = sole('method');
  const together = (outer: readonly Variation[], inner: readonly Variation[]): readonly Variation[] =>
    outer.flatMap(({ traits, directive }) => inner.map((each) => ({ traits: [...traits, ...each.traits], directive })));
  return [
    ...together(methods, clients),
    ...methods.map(({ traits, directive }) => ({ traits: [...traits, anyQuery], directive })),
    ...claims(sole('told-client'), sole('client', mostClaimed)),
  ];
}

const anyQuery = { kind: 'query', value: 'a=1' } as const;
const mostCrossed = 4;
const mostClaimed = 8;

/** Clients that say to ask for one of those that lists name: any client, and those that lists name. */
function claims(headers: readonly Variation[], clients: readonly Variation[]): readonly Variation[] {
  const addresses = clients.flatMap(({ traits: [trait] }) => (trait?.kind === 'client' ? [trait.value] : []));
  return headers.flatMap(({ traits: [header], directive }) => {
    if (header?.kind !== 'told-client') return [];
    const told = addresses.map((value): Trait => ({ kind: 'header', name: header.name, value }));
    const byAny = told.map((trait) => ({ traits: [trait], directive }));
    const byNamed = addresses
      .slice(0, mostCrossed)
      .flatMap((value) =>
        told.slice(0, mostCrossed).map((trait) => ({ traits: [{ kind: 'client' as const, value }, trait], directive })),
      );
    return [...byAny, ...byNamed];
  });
}

function withTrait(request: TraceRequest, trait: Trait, prefix: string): TraceRequest {
  const [path = '', query] = request.target.split('?', 2);
  switch (trait.kind) {
    case 'method':
      return { ...request, method: trait.value };
    case 'path':
      return { ...request, target: `${below(prefix, trait.value)}${query === undefined ? '' : `?${query}`}` };
    case 'query':
      return { ...request, target: `${path}?${trait.value}` };
    case 'client': {
      const { proxyHeader } = request;
      return { ...request, from: trait.value, proxyHeader: proxyHeader && { ...proxyHeader, client: trait.value } };
    }
    case 'name':
      return { ...request, host: trait.value, headers: withHeader(request.headers, 'Host', trait.value) };
    case 'header':
      return { ...request, headers: withHeader(request.headers, trait.name, trait.value) };
    case 'told-client':
      return { ...request, headers: withHeader(request.headers, trait.name, toldClient) };
    case 'own-header':
      return request;
    case 'body':
      return { ...request, method: 'POST', bodySize: trait.size };
  }
}

/** Cookies come together in one. */
function withHeader(headers: TraceRequest['headers'], name: string, value: string): TraceRequest['headers'] {
  const lower = name.toLowerCase();
  const same = headers.find(([each]) => each.toLowerCase() === lower);
  const joined = same && lower === 'cookie' ? `${same[1]}; ${value}` : value;
  return [...headers.filter((header) => header !== same), [name, joined]];
}
