/** The words by which applications are called, and what each tells. */
import { base, beginningsOf, digitOf, letters } from './beginnings.ts';
import { applicationRows, pathRows, portRows, wordRows } from './names.gen.ts';
import { once } from '../../text/once.ts';

/** An application with how much a sign says for it: 3 for what is its alone, 1 for what says little. */
export interface Hint {
  readonly id: string;
  readonly weight: number;
}

interface KnownPath {
  readonly path: string;
  readonly hints: readonly Hint[];
}

const applications = once((): ReadonlyMap<string, string> => new Map(applicationRows.map(splitAtSpace)));

const words = once(
  (): ReadonlyMap<string, readonly Hint[]> =>
    new Map(
      wordRows.map((row) => {
        const [word, ...hints] = row.split(' ');
        return [word!, hints.map(readHint)];
      }),
    ),
);

const ports = once(
  (): ReadonlyMap<number, readonly string[]> =>
    new Map(
      portRows.map((row) => {
        const [port, ...ids] = row.split(' ');
        return [Number(port), ids];
      }),
    ),
);

/** By their first letters. */
const paths = once((): ReadonlyMap<string, readonly KnownPath[]> => {
  const read = new Map<string, KnownPath[]>();
  for (const row of pathRows) {
    const [path, ...hints] = row.split(' ');
    const known = { path: path!, hints: hints.map(readHint) };
    const key = path!.slice(0, letters);
    const same = read.get(key);
    if (same) same.push(known);
    else read.set(key, [known]);
  }
  return read;
});

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
  return applications();
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
  if (name.length > 80 || !mayHoldWord(name)) return none;
  const lower = name.toLowerCase();
  const whole = words().get(lower);
  if (whole) return whole;
  const parts = lower.split(/[^a-z0-9]+/).filter((part) => part !== '');
  const telling = parts.filter((part) => !fillers.has(part) && !/^\d+$/.test(part));
  const rest = lookUp(parts.join('')) ?? lookUp(telling.join(''));
  if (rest) return rest;
  if (telling.length < 2) return none;
  return mentions(telling).map(({ id, weight }) => ({ id, weight: weight - 1 }));
}

const none: readonly Hint[] = [];

/**
 * Whether a part of the text begins as a word does. Most names of hosts hold none, and there may be thousands: so no text is made of them
 * before it is asked for.
 * @param end of the part that is looked at
 */
export function mayHoldWord(text: string, end = text.length): boolean {
  const known = beginnings();
  let key = 0;
  let length = 0;
  for (let at = 0; at <= end; at++) {
    const digit = at === end ? 0 : digitOf(text.charCodeAt(at));
    if (digit === 0) {
      if (length > 0 && length < letters && known[key] === 1) return true;
      key = 0;
      length = 0;
    } else if (length < letters) {
      key = key * base + digit;
      length++;
      if (length === letters && known[key] === 1) return true;
    }
  }
  return false;
}

/** The first letters of all words, as numbers. */
const beginnings = once(() => beginningsOf(wordRows.map((row) => row.slice(0, row.indexOf(' ')))));

/** A number at the end makes it one of several. */
function lookUp(word: string): readonly Hint[] | undefined {
  const known = words();
  let end = word.length;
  while (end > 0 && isFigure(word.charCodeAt(end - 1))) end--;
  return known.get(word) ?? (end < word.length ? known.get(word.slice(0, end)) : undefined);
}

function isFigure(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Words before a name that make it another one's: "protected by Authelia", "unlike Nextcloud". */
const relations = new Set('by like unlike than not without via through against'.split(' '));

/** The applications that words one after the other name, the longest name first. `isText`: the words are a sentence. */
function mentions(parts: readonly string[], isText = false): Hint[] {
  const known = words();
  const found: Hint[] = [];
  for (let from = 0; from < parts.length; from++) {
    for (let length = Math.min(maxWords, parts.length - from); length > 0; length--) {
      const hints = known.get(parts.slice(from, from + length).join(''));
      if (!hints) continue;
      if (!isText || !relations.has(parts[from - 1] ?? '')) found.push(...hints);
      from += length - 1;
      break;
    }
  }
  return found;
}

/** The applications that a text names by words that are theirs alone, each once. `text`: a line or a few. */
export function tellingMentions(text: string): readonly string[] {
  if (!mayHoldWord(text)) return [];
  const parts = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return [...new Set(mentions(parts, true).flatMap(({ id, weight }) => (weight === 3 ? [id] : [])))];
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
  return (ports().get(port) ?? []).map((id) => ({ id, weight }));
}

/** The applications that have paths like this; 2 where one alone does. */
export function hintsOfPath(path: string): readonly Hint[] {
  const known = paths().get(path.slice(0, letters));
  return known ? known.flatMap((each) => (path.startsWith(each.path) ? each.hints : [])) : none;
}
