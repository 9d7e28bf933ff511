/** Differences grouped by kind and by what they have in common. */
import type { Match, Route, VirtualHost } from '../model/model.ts';
import type { Trace, TraceRequest } from '../model/trace.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import { headerOf, type Directive } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';
import type { Difference } from './difference.ts';
import { kinds, rankOf, type Kind } from './kinds.ts';
import type { Fact } from './settings/fact.ts';
import { hostAt, keyOf, routeAt, type Side } from './side.ts';

/** A request that both were asked, and what came of it. */
export interface Witness {
  readonly request: TraceRequest;
  readonly before: Trace;
  readonly after: Trace;
}

export interface Statement {
  readonly kind: Kind;
  readonly severity: Severity;
  /** The header, setting or other thing that changed; empty: the answer. */
  readonly topic: string;
  readonly was: string;
  readonly is: string;
  /** What it is said of, each once: `https://a.example/admin/**`. */
  readonly subjects: readonly string[];
  /** In the new config, or in the old one where it is gone; the first of them. */
  readonly place: Place | undefined;
  /** Undefined for what no request shows. */
  readonly witness: Witness | undefined;
  /** How many of the requests show it. */
  readonly requests: number;
  /** The routes concerned, see {@link concernedBy}. */
  readonly concerns: ReadonlySet<string>;
  /** See {@link Difference.isShown}. */
  readonly isShown: boolean;
}

interface Draft extends Omit<Statement, 'subjects' | 'requests' | 'concerns'> {
  /** By the route. */
  readonly subjects: Map<string, string>;
  requests: number;
  readonly concerns: Set<string>;
  /** The virtual hosts that it is said of. */
  readonly hosts: Set<Directive | undefined>;
}

export class Statements {
  readonly #drafts = new Map<string, Draft>();
  readonly #listeners = new Set<string>();
  readonly #before: Side;
  readonly #after: Side;

  constructor(before: Side, after: Side) {
    this.#before = before;
    this.#after = after;
  }

  add(difference: Difference, witness: Witness): void {
    const { request, before, after } = witness;
    const route = routeAt(this.#after, after.location?.place) ?? routeAt(this.#before, before.location?.place);
    const place = (difference.directive && headerOf(difference.directive)) ?? placeOf(after) ?? placeOf(before);
    const draft = this.#draft(difference, place, witness, groupOf(difference, witness));
    draft.requests++;
    draft.hosts.add(hostAt(this.#after, after.virtualHost?.place)?.directive);
    const subject = route ? keyOf(headerOf(route.directive)) : `${place ? keyOf(place) : ''} ${request.target}`;
    if (!draft.subjects.has(subject)) draft.subjects.set(subject, subjectOf(request, route));
    for (const key of concernedBy(this.#before, this.#after, before, after)) draft.concerns.add(key);
  }

  addFact(fact: Fact): void {
    const { subject, directive, socket, host, isOfHost } = fact;
    const draft = this.#draft(fact, directive && headerOf(directive), undefined, ['', fact.was, fact.is].join('\0'));
    if (isOfHost && host?.directive) draft.concerns.add(wholeHost(host.directive));
    // One of its routes says it already.
    if (isOfHost && host && draft.hosts.has(host.directive)) return;
    if (host) draft.hosts.add(host.directive);
    draft.subjects.set(subject, subject);
    if (directive) draft.concerns.add(`after ${keyOf(headerOf(directive))}`);
    if (socket !== undefined && fact.kind !== 'listener-changed') this.#listeners.add(socket);
  }

  addRefusal(fact: Fact, finding: Finding): void {
    this.#draft(fact, finding.place, undefined, '').subjects.set(fact.subject, fact.subject);
  }

  tellsListener(key: string): boolean {
    return this.#listeners.has(key);
  }

  /** `group`: what those that are told together have in common beside kind and topic. */
  #draft(
    { kind, topic, was, is, isShown = false }: Difference,
    place: Place | undefined,
    witness: Witness | undefined,
    group: string,
  ): Draft {
    const key = JSON.stringify([kind, topic, group]);
    let draft = this.#drafts.get(key);
    if (!draft) {
      const severity = kinds[kind];
      draft = {
        kind,
        severity,
        topic,
        was,
        is,
        place,
        witness,
        isShown,
        subjects: new Map(),
        requests: 0,
        concerns: new Set(),
        hosts: new Set(),
      };
      this.#drafts.set(key, draft);
    }
    return draft;
  }

  ordered(): readonly Statement[] {
    const all = [...this.#drafts.values()].map((draft) => ({ ...draft, subjects: [...draft.subjects.values()] }));
    const shown = new Set(
      all.filter(({ isShown, kind }) => !isShown && kind !== 'setting').flatMap(({ concerns }) => [...concerns]),
    );
    const told = all.filter(({ isShown, concerns }) => !isShown || ![...concerns].every((key) => shown.has(key)));
    return told.sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || b.requests - a.requests);
  }
}

/** Of these each request shows another text. */
const ofRoute: ReadonlySet<Kind> = new Set(['path', 'redirect', 'files', 'body']);

function groupOf({ kind, was, is }: Difference, { request, before, after }: Witness): string {
  if (ofRoute.has(kind)) {
    const places = [before, after].map(placeOf);
    return places.map((place) => (place ? keyOf(place) : '')).join('\0');
  }
  // Who is let in is told apart by who asks.
  const client = kind.startsWith('access') ? `${request.from}` : '';
  const [path = '', query = ''] = request.target.split('?', 2);
  const sent = request.headers.flatMap(([name, value]) => (name === 'Host' || value.length < 5 ? [] : [value]));
  const own = [request.target, path, query, request.host, ...sent, request.from ?? ''].filter(
    (text) => text.length > 1,
  );
  const texts = [was, is].map((text) => own.reduce((rest, part) => rest.replaceAll(part, '\0'), text));
  return [client, ...texts].join('\0');
}

/** Who takes a request on each of two sides, a key for each: the route, or the virtual host whatever its name. */
export function concernedBy(old: Side, now: Side, before: Trace, after: Trace): readonly string[] {
  const sides = [
    ['before', old, before],
    ['after', now, after],
  ] as const;
  return sides.flatMap(([name, side, { location, virtualHost }]) => {
    const host = hostAt(side, virtualHost?.place)?.directive;
    const place = location?.place ?? (host ? headerOf(host) : virtualHost?.place);
    return place ? [`${name} ${keyOf(place)}`] : [];
  });
}

/** A key for all that the new virtual host answers: of a request, and of what is said of the virtual host as a whole. */
export function wholeHostOf(now: Side, { virtualHost }: Trace): string | undefined {
  const host = hostAt(now, virtualHost?.place)?.directive;
  return host && wholeHost(host);
}

const wholeHost = (directive: Directive): string => `all of ${keyOf(headerOf(directive))}`;

function placeOf({ location, virtualHost }: Trace): Place | undefined {
  return location?.place ?? virtualHost?.place;
}

/** `https://a.example/admin/**`; of a pattern the pattern. */
export function subjectOf(request: TraceRequest, route: Route | undefined): string {
  const { protocol, scheme, host, port, target } = request;
  if (protocol !== undefined) return `${protocol}://${host}:${port}`;
  const isUsual = port === (scheme === 'https' ? 443 : 80);
  const origin = `${scheme}://${host}${isUsual ? '' : `:${port}`}`;
  return `${origin}${route ? pathText(route.match) : target}`;
}

/** What is said of a level that no request stands for. */
export function levelText({ names, listeners }: VirtualHost, route: Route | undefined): string {
  const scheme = listeners.length > 0 && listeners.every(({ tls }) => tls) ? 'https' : 'http';
  const host = `${scheme}://${names[0]?.text ?? 'any name'}`;
  if (!route) return host;
  const { kind, pattern } = route.match;
  return kind === 'named' || kind === 'condition' ? `${pattern} of ${host}` : `${host}${pathText(route.match)}`;
}

function pathText({ kind, pattern, caseInsensitive }: Match): string {
  switch (kind) {
    case 'prefix':
    case 'prefix-noregex':
      return `${pattern}**`;
    case 'exact':
      return pattern;
    case 'regex':
      return ` ~${caseInsensitive ? '*' : ''} ${pattern}`;
    default:
      return '/**';
  }
}
