/** What in a config says which application a backend is. */
import { hintsOfName, hintsOfPath, hintsOfPort, isWebPort, type Hint } from '../../../facts/applications/names.ts';
import { unknown, type ServerName } from '../../../model/model.ts';
import type { At } from '../../../servers/diagnostic.ts';
import { placeIn } from '../../../syntax/tree.ts';
import type { ProxyRoute } from '../backends.ts';
import { destinationsOf } from '../../../model/destinations.ts';

/** A sign that a backend is an application. `weight`: see {@link Hint}. */
export interface Sign extends Hint {
  readonly kind: 'host' | 'backend' | 'port' | 'path' | 'comment' | 'file' | 'document';
  /** What it is, as a part of a sentence: `the name "grafana.example.org"`. */
  readonly text: string;
  readonly at: At | undefined;
}

/** Signs of the names of a virtual host. */
export function signsOfNames(names: readonly ServerName[]): Sign[] {
  return names.flatMap(({ text, kind, directive, word }) => {
    if (kind === 'regex' || kind === 'unknown') return [];
    const at = placeIn(directive, word);
    return labelsOf(text).flatMap((label) =>
      hintsOfName(label).map((hint) => ({ ...hint, kind: 'host' as const, text: `the name "${text}"`, at })),
    );
  });
}

const localDomain = /^(?:local|lan|home|internal|localhost|localdomain|test|example|invalid|intranet|docker|arpa)$/;

/** The labels in front of the domain: whose product a domain is, its servers need not run. */
function labelsOf(name: string): string[] {
  const labels = name
    .toLowerCase()
    .replace(/^[.*]+/, '')
    .split('.')
    .filter((label) => label !== '');
  const last = labels.at(-1) ?? '';
  if (last === '*') return labels.slice(0, -1);
  if (labels.length === 1) return labels;
  return labels.slice(0, localDomain.test(last) ? -1 : -2);
}

/** Signs in the names and ports that the routes of one backend go to. */
export function signsOfBackend([first]: readonly ProxyRoute[]): Sign[] {
  const { target, directive } = first!.handler;
  const { host, upstream, word } = target;
  const at = placeIn(directive, word);
  const signs: Sign[] = [];
  const destinations = destinationsOf(first!.handler);
  const ports = destinations.map(({ port }) => port).filter((port) => !isWebPort(port));
  // Another port may be another program of the same machine.
  const isAt = (id: string): boolean =>
    ports.length === 0 || ports.some((port) => hintsOfPort(port).some((hint) => hint.id === id));
  const named = (name: string, text: string, place: At): void => {
    for (const { id, weight } of hintsOfName(name)) {
      signs.push({ id, weight: isAt(id) ? weight : weight - 1, kind: 'backend', text, at: place });
    }
  };
  if (upstream) named(upstream.name, `the group "${upstream.name}"`, at);
  else if (host !== unknown) named(ownLabel(host), `the backend "${host}"`, at);
  for (const destination of destinations) {
    const place = placeIn(destination.directive, destination.word);
    if (upstream) named(ownLabel(destination.host), `the server "${destination.host}"`, place);
    for (const hint of hintsOfPort(destination.port)) {
      signs.push({ ...hint, kind: 'port', text: `port ${destination.port}`, at: place });
    }
  }
  return signs;
}

/** `grafana` of `grafana.monitoring.svc`; nothing of an address, and of a public name what stands before its domain. */
function ownLabel(host: string): string {
  if (/^[\d.]+$|^\[|:/.test(host)) return '';
  const labels = labelsOf(host);
  return labels[0] ?? '';
}

/** Signs in the paths of the routes to one backend. */
export function signsOfPaths(routes: readonly ProxyRoute[]): Sign[] {
  const signs: Sign[] = [];
  for (const { match, directive } of routes) {
    if (match.kind !== 'prefix' && match.kind !== 'prefix-noregex' && match.kind !== 'exact') continue;
    const text = `the path "${match.pattern}"`;
    for (const hint of hintsOfPath(match.pattern)) signs.push({ ...hint, kind: 'path', text, at: directive });
    const [, first] = /^\/([^/]+)\/?$/.exec(match.pattern) ?? [];
    if (first === undefined) continue;
    for (const hint of hintsOfName(first))
      if (hint.weight > 1) signs.push({ ...hint, kind: 'path', text, at: directive });
  }
  return signs;
}

/** Signs in the name of a file; of directories nothing is taken. */
export function signsOfFile(path: string): Sign[] {
  const name = path.replace(/^.*[\\/]/, '');
  return hintsOfName(name).flatMap(({ id, weight }) =>
    weight > 1
      ? [{ id, weight: weight - 1, kind: 'file' as const, text: `the file name "${name}"`, at: undefined }]
      : [],
  );
}

/** The application with the most signs, each kind counted once by its strongest. */
export function strongest(
  signs: readonly Sign[],
): { readonly id: string; readonly signs: readonly Sign[]; readonly weight: number } | undefined {
  const best = new Map<string, Map<Sign['kind'], Sign>>();
  for (const sign of signs) {
    let kinds = best.get(sign.id);
    if (!kinds) best.set(sign.id, (kinds = new Map<Sign['kind'], Sign>()));
    const known = kinds.get(sign.kind);
    if (!known || known.weight < sign.weight) kinds.set(sign.kind, sign);
  }
  const ranked = [...best]
    .map(([id, kinds]) => ({ id, signs: [...kinds.values()], weight: sum(kinds.values()) }))
    .sort((a, b) => b.weight - a.weight);
  const [first, second] = ranked;
  return first && first.weight > (second?.weight ?? 0) ? first : undefined;
}

function sum(signs: Iterable<Sign>): number {
  let total = 0;
  for (const { weight } of signs) total += weight;
  return total;
}
