/** What a change of a config changes: the answers of both to the requests that stand for all. */
import type { Listener, Scope, VirtualHost } from '../model/model.ts';
import type { Trace, TraceRequest } from '../model/trace.ts';
import { unreadParts } from '../model/unread-parts.ts';
import type { RepresentativeRequest } from '../requests/representative-request.ts';
import { representativeRequests } from '../requests/representatives.ts';
import { requestKey } from '../requests/request-to.ts';
import type { Difference } from './difference.ts';
import { differencesOf } from './differences.ts';
import { fingerprintsOf, socketKey } from './fingerprints.ts';
import { balancingFacts } from './settings/balancing.ts';
import { blockFacts } from './settings/blocks.ts';
import { levelPairs } from './settings/levels.ts';
import { listenerFacts } from './settings/listeners.ts';
import { settingDifferences } from './settings/scopes.ts';
import { tlsFacts } from './settings/tls.ts';
import { answerOf, hostAt, keyOf, routeAt, type FileWorld, type Side } from './side.ts';
import { levelText, Statements, type Statement } from './statements.ts';

export interface Comparison {
  /** The most dangerous first. */
  readonly statements: readonly Statement[];
  /** Requests that both were asked. */
  readonly asked: number;
  readonly hosts: HostCounts;
  /** Requests whose answers cannot be told on either side. */
  readonly undecided: number;
  /** What of each config could not be read, a sentence each. */
  readonly unread: { readonly old: readonly string[]; readonly now: readonly string[] };
}

export interface HostCounts {
  /** Those of both sides, each once where they are the same. */
  readonly all: number;
  /** The same word for word, with all that they depend on: not asked. */
  readonly same: number;
  /** Asked at their root only, as too many differ. */
  readonly rootOnly: number;
}

/** Where what stands around all virtual hosts changes, all of them do: so many are asked in full. */
const mostInFull = 300;

export function compareConfigs(before: Side, after: Side): Comparison {
  const statements = new Statements(before, after);
  refusals(before, after, statements);
  for (const fact of listenerFacts(before, after)) statements.addFact(fact);
  for (const fact of balancingFacts(before, after)) statements.addFact(fact);
  const changed = changedHosts(before, after);
  for (const fact of tlsFacts({ side: before, hosts: changed.old }, { side: after, hosts: changed.now }))
    statements.addFact(fact);
  const asker = new Asker(before, after, statements);
  const rootOnly = new Set([...changed.old.slice(mostInFull), ...changed.now.slice(mostInFull)]);
  for (const [side, hosts] of [
    [before, changed.old],
    [after, changed.now],
  ] as const)
    for (const each of representativeRequests(side, hosts)) {
      const { virtualHost, route } = each.standsFor;
      if (virtualHost && rootOnly.has(virtualHost) && route) continue;
      asker.ask(each);
    }
  for (const { old, now, host, route } of levelPairs(changed.old, changed.now))
    for (const difference of asker.levelDifferences(old, now, false))
      statements.addFact({
        ...difference,
        subject: levelText(host, route),
        isOfHost: route === undefined,
        host,
        directive: difference.directive ?? host.directive,
      });
  for (const fact of blockFacts(
    { side: before, hosts: changed.old },
    { side: after, hosts: changed.now },
    asker.reached,
  ))
    statements.addFact(fact);
  return {
    statements: statements.ordered(),
    asked: asker.asked,
    undecided: asker.undecided,
    unread: { old: unreadParts(before.config), now: unreadParts(after.config) },
    hosts: {
      all: changed.same + Math.max(changed.old.length, changed.now.length),
      same: changed.same,
      rootOnly: Math.max(0, Math.max(changed.old.length, changed.now.length) - mostInFull),
    },
  };
}

function refusals(before: Side, after: Side, statements: Statements): void {
  const fact = { topic: '', subject: 'the config', host: undefined, directive: undefined } as const;
  const loads = 'loaded by the server';
  if (after.refusal && !before.refusal)
    statements.addRefusal(
      { ...fact, kind: 'refused-by-server', was: loads, is: `refused: ${after.refusal.message}` },
      after.refusal,
    );
  if (before.refusal && !after.refusal)
    statements.addRefusal(
      { ...fact, kind: 'accepted-by-server', was: `refused: ${before.refusal.message}`, is: loads },
      before.refusal,
    );
}

interface ChangedHosts {
  readonly old: readonly VirtualHost[];
  readonly now: readonly VirtualHost[];
  readonly same: number;
}

/** Those of each side that the other has not, word for word. */
function changedHosts(before: Side, after: Side): ChangedHosts {
  const [old, now] = [fingerprintsOf(before), fingerprintsOf(after)];
  const counts = new Map<string, number>();
  for (const text of old.hosts.values()) counts.set(text, (counts.get(text) ?? 0) + 1);
  const changedNow: VirtualHost[] = [];
  for (const [host, text] of now.hosts) {
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    else changedNow.push(host);
  }
  const changedOld = [...old.hosts].flatMap(([host, text]) => {
    const left = counts.get(text) ?? 0;
    if (left > 0) counts.set(text, left - 1);
    return left > 0 ? [host] : [];
  });
  return { old: changedOld, now: changedNow, same: now.hosts.size - changedNow.length };
}

const isOfFiles = ({ outcome }: Trace): boolean => outcome.kind === 'static' && outcome.found === undefined;

/** The level whose settings hold for what a trace tells. */
function levelOf(side: Side, { location, virtualHost }: Trace): Scope | undefined {
  return (routeAt(side, location?.place) ?? hostAt(side, virtualHost?.place))?.scope;
}

class Asker {
  /** The places that answers name, by their `keyOf`. */
  readonly reached = new Set<string>();
  asked = 0;
  undecided = 0;
  readonly #before: Side;
  readonly #after: Side;
  readonly #statements: Statements;
  readonly #seen = new Set<string>();
  readonly #compared = new Map<Scope, { readonly plain: Set<Scope>; readonly withTraced: Set<Scope> }>();

  constructor(before: Side, after: Side, statements: Statements) {
    this.#before = before;
    this.#after = after;
    this.#statements = statements;
  }

  ask({ request, standsFor: { listener } }: RepresentativeRequest): void {
    const key = requestKey(request);
    if (this.#seen.has(key) || this.#isToldByListener(listener)) return;
    this.#seen.add(key);
    this.asked++;
    // The same is not told once more for other files.
    const told = new Set<string>();
    for (const [before, after] of this.#worldsFor(request)) {
      for (const { location } of [before, after]) if (location?.place) this.reached.add(keyOf(location.place));
      for (const difference of [...differencesOf(before, after), ...this.#settingsOf(before, after)]) {
        const { kind, topic, was, is } = difference;
        const what = JSON.stringify([kind, topic, was, is]);
        if (told.has(what)) continue;
        told.add(what);
        this.#statements.add(difference, { request, before, after });
      }
    }
  }

  /** Both answers where nothing is known of files, and, where that decides one, where none is there and where all are; of a file also where it is a directory. */
  #worldsFor(request: TraceRequest): readonly (readonly [Trace, Trace])[] {
    const pair = this.#answers(request, 'unknown');
    const unknown = pair.filter(({ outcome }) => outcome.kind === 'unknown').length;
    if (unknown === 0) return pair.some(isOfFiles) ? [pair, ...this.#known(request, ['missing', 'directory'])] : [pair];
    const known = this.#known(request, ['missing', 'found']);
    if (known.length > 0) return known;
    if (unknown === 2) this.undecided++;
    return [pair];
  }

  #known(request: TraceRequest, worlds: readonly FileWorld[]): readonly (readonly [Trace, Trace])[] {
    const all = worlds.map((world) => this.#answers(request, world));
    return all.filter((each) => each.some(({ outcome }) => outcome.kind !== 'unknown'));
  }

  #answers(request: TraceRequest, world: FileWorld): readonly [Trace, Trace] {
    return [answerOf(this.#before, request, world), answerOf(this.#after, request, world)];
  }

  /** A listener that is new or gone says it for all its requests. */
  #isToldByListener(listener: Listener | undefined): boolean {
    return listener !== undefined && this.#statements.tellsListener(socketKey(listener));
  }

  /** Once for two levels, and once more where neither answer can be told. */
  #settingsOf(before: Trace, after: Trace): readonly Difference[] {
    const [old, now] = [levelOf(this.#before, before), levelOf(this.#after, after)];
    if (!old || !now) return [];
    return this.levelDifferences(old, now, before.outcome.kind === 'unknown' && after.outcome.kind === 'unknown');
  }

  /** Empty for what was compared before. */
  levelDifferences(old: Scope, now: Scope, withTraced: boolean): readonly Difference[] {
    const { forms } = this.#after;
    if (!forms) return [];
    let compared = this.#compared.get(old);
    if (!compared) this.#compared.set(old, (compared = { plain: new Set(), withTraced: new Set() }));
    const done = withTraced ? compared.withTraced : compared.plain;
    if (done.has(now)) return [];
    done.add(now);
    return settingDifferences(forms, old, now, withTraced);
  }
}
