/** What in a config says which application a backend is. */
import {
  hintsOfName,
  mayHoldWord,
  hintsOfPath,
  hintsOfPort,
  isWebPort,
  type Hint,
} from '../../../facts/applications/names.ts';
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

const none: readonly Sign[] = [];

/** Signs of the names of a virtual host. */
export function signsOfNames(names: readonly ServerName[]): readonly Sign[] {
  const mayTell = ({ text }: ServerName): boolean => mayHoldWord(text, endOfLabels(text));
  if (!names.some(mayTell)) return none;
  const signs: Sign[] = [];
  for (const name of names) {
    const { text, kind, directive, word } = name;
    if (kind === 'regex' || kind === 'unknown' || !mayTell(name)) continue;
    const at = placeIn(directive, word);
    for (const label of labelsOf(text)) {
      for (const hint of hintsOfName(label)) signs.push({ ...hint, kind: 'host', text: `the name "${text}"`, at });
    }
  }
  return signs;
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

/** Where what {@link labelsOf} gives has surely ended. */
function endOfLabels(name: string): number {
  const last = name.lastIndexOf('.');
  if (last === -1 || last > name.length - 3) return name.length;
  if (localDomain.test(name.slice(last + 1).toLowerCase())) return last;
  return Math.max(name.lastIndexOf('.', last - 1), 0);
}

/** Signs in the names that the routes of one backend go to. */
export function signsOfBackend([first]: readonly ProxyRoute[]): readonly Sign[] {
  const { target, directive } = first!.handler;
  const { host, upstream, word } = target;
  if (!upstream && (host === unknown || !mayHoldWord(host))) return none;
  const signs: Sign[] = [];
  const named = (name: string, text: string, at: At): void => {
    for (const hint of hintsOfName(name)) signs.push({ ...hint, kind: 'backend', text, at });
  };
  if (upstream) {
    named(upstream.name, `the group "${upstream.name}"`, placeIn(directive, word));
    for (const destination of destinationsOf(first!.handler)) {
      const at = placeIn(destination.directive, destination.word);
      named(ownLabel(destination.host), `the server "${destination.host}"`, at);
    }
  } else if (host !== unknown && !isAddress(host)) {
    named(ownLabel(host), `the backend "${host}"`, placeIn(directive, word));
  }
  return signs.length === 0 ? signs : atOwnPorts(signs, first!);
}

/** Another port than those of an application may be another program of the same machine. */
function atOwnPorts(signs: readonly Sign[], { handler }: ProxyRoute): Sign[] {
  const ports = destinationsOf(handler).flatMap(({ port }) => (isWebPort(port) ? [] : [port]));
  const isAt = (id: string): boolean => ports.some((port) => hintsOfPort(port).some((hint) => hint.id === id));
  return signs.map((sign) => (ports.length === 0 || isAt(sign.id) ? sign : { ...sign, weight: sign.weight - 1 }));
}

/** Signs in the ports. They say something beside other signs only. */
export function signsOfPorts([first]: readonly ProxyRoute[]): Sign[] {
  return destinationsOf(first!.handler).flatMap(({ port, directive, word }) =>
    hintsOfPort(port).map((hint) => ({ ...hint, kind: 'port', text: `port ${port}`, at: placeIn(directive, word) })),
  );
}

function isAddress(host: string): boolean {
  return /^[\d.]+$|^\[|:/.test(host);
}

/** `grafana` of `grafana.monitoring.svc`; nothing of an address, and of a public name what stands before its domain. */
function ownLabel(host: string): string {
  if (isAddress(host)) return '';
  const labels = labelsOf(host);
  return labels[0] ?? '';
}

/** Signs in the paths of the routes to one backend. */
export function signsOfPaths(routes: readonly ProxyRoute[]): readonly Sign[] {
  if (routes.every(({ match }) => match.pattern.length < 2)) return none;
  const signs: Sign[] = [];
  for (const { match, directive } of routes) {
    if (match.kind !== 'prefix' && match.kind !== 'prefix-noregex' && match.kind !== 'exact') continue;
    if (match.pattern === '/') continue;
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
