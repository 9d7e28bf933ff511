/** The words by which applications are called, and what each tells. */
import { applicationRows, pathRows, portRows, wordRows } from './names.gen.ts';
import { once } from '../../text/once.ts';

/** An application with how much a sign says for it: 3 for what is its alone, 1 for what says little. */
export interface Hint {
  readonly id: string;
  readonly weight: number;
}

interface Names {
  readonly applications: ReadonlyMap<string, string>;
  readonly words: ReadonlyMap<string, readonly Hint[]>;
  readonly ports: ReadonlyMap<number, readonly string[]>;
  readonly paths: readonly { readonly path: string; readonly hints: readonly Hint[] }[];
}

const names = once((): Names => ({
  applications: new Map(applicationRows.map(splitAtSpace)),
  words: new Map(
    wordRows.map((row) => {
      const [word, ...hints] = row.split(' ');
      return [word!, hints.map(readHint)];
    }),
  ),
  ports: new Map(
    portRows.map((row) => {
      const [port, ...ids] = row.split(' ');
      return [Number(port), ids];
    }),
  ),
  paths: pathRows.map((row) => {
    const [path, ...hints] = row.split(' ');
    return { path: path!, hints: hints.map(readHint) };
  }),
}));

function splitAtSpace(row: string): [string, string] {
  const at = row.indexOf(' ');
  return [row.slice(0, at), row.slice(at + 1)];
}

function readHint(text: string): Hint {
  const [id, weight] = text.split(':');
  return { id: id!, weight: Number(weight) };
}

/** Full names by id. */
export function applicationNames(): ReadonlyMap<string, string> {
  return names().applications;
}

/** What else stands in names of hosts, groups, containers and files. */
const fillers = new Set(
  `app apps backend backends cluster conf config container default dev docker example host http https local main master my nginx apache httpd
  node pool prod production proxy reverse sample server servers service site sites srv ssl staging stage subdomain subfolder svc test tls
  upstream vhost web www the in behind for with using`.split(/\s+/),
);

const maxWords = 4;

/**
 * What a name such as `my-grafana_1` or `uptime-kuma.conf` stands for: all of it but fillers, else a part of it, which counts one less.
 */
export function hintsOfName(name: string): readonly Hint[] {
  const lower = name.toLowerCase();
  const whole = names().words.get(lower);
  if (whole) return whole;
  if (lower.length > 80) return [];
  const parts = lower.split(/[^a-z0-9]+/).filter((part) => part !== '');
  const telling = parts.filter((part) => !fillers.has(part) && !/^\d+$/.test(part));
  const rest = lookUp(telling.join('')) ?? lookUp(parts.join(''));
  if (rest) return rest;
  if (telling.length < 2) return [];
  return mentions(telling).map(({ id, weight }) => ({ id, weight: weight - 1 }));
}

/** A number at the end makes it one of several. */
function lookUp(word: string): readonly Hint[] | undefined {
  const { words } = names();
  return words.get(word) ?? (/\d$/.test(word) ? words.get(word.replace(/\d+$/, '')) : undefined);
}

/** The applications that words one after the other name, the longest name first. */
function mentions(parts: readonly string[]): Hint[] {
  const { words } = names();
  const found: Hint[] = [];
  for (let from = 0; from < parts.length; from++) {
    for (let length = Math.min(maxWords, parts.length - from); length > 0; length--) {
      const hints = words.get(parts.slice(from, from + length).join(''));
      if (!hints) continue;
      found.push(...hints);
      from += length - 1;
      break;
    }
  }
  return found;
}

/** The applications that a text names by words that are theirs alone, each once. `text`: a line or a few. */
export function tellingMentions(text: string): readonly string[] {
  const parts = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return [...new Set(mentions(parts).flatMap(({ id, weight }) => (weight === 3 ? [id] : [])))];
}

/** Ports that anything may listen on. */
const anyones = new Set([
  1234, 3000, 3001, 4000, 5000, 8000, 8001, 8008, 8080, 8081, 8082, 8083, 8088, 8090, 8443, 8888, 9000, 9001, 9090,
]);
const webPorts = new Set([80, 443]);

export function isWebPort(port: number): boolean {
  return webPorts.has(port);
}

export function hintsOfPort(port: number): readonly Hint[] {
  if (isWebPort(port)) return [];
  const weight = anyones.has(port) ? 1 : 2;
  return (names().ports.get(port) ?? []).map((id) => ({ id, weight }));
}

/** The applications that have paths like this; 2 where one alone does. */
export function hintsOfPath(path: string): readonly Hint[] {
  return names().paths.flatMap((known) => (path.startsWith(known.path) ? known.hints : []));
}
