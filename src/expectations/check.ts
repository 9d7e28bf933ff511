/** Whether what the servers do with a request is what a file of expectations wants. */
import { isDenied } from '../model/denied.ts';
import type { Outcome, Trace, TracedHeader } from '../model/trace.ts';
import { headerOf } from '../syntax/tree.ts';
import { toText } from '../text/bytes.ts';
import type { Place } from '../text/source.ts';
import type { Hop } from '../topology/follow.ts';
import { headerActual, isAdded } from './headers.ts';
import { matches, wantedText, type Actual, type Verdict } from './match.ts';
import { outcomeText, quote } from './outcome-text.ts';
import type { Expected, Wanted, WantedHeaders } from './types.ts';
import { offeredBy } from './offered-by.ts';
import { virtualHostOf } from './virtual-host-of.ts';

export interface Check {
  /** The keys of the expectation: `backendHeaders.X-Forwarded-Proto`. */
  readonly key: string;
  readonly verdict: Verdict;
  /** What was wanted, what there is instead: clauses. */
  readonly wanted: string;
  readonly actual: string;
  /** Of the directive that decides; undefined where none does. */
  readonly place: Place | undefined;
}

/** In the order of the keys of {@link Expected}. */
export function checkHop(expected: Expected, hop: Hop): Check[] {
  const { trace } = hop;
  const { outcome } = trace;
  const decides = placeThatDecides(hop);
  const checks: Check[] = [];

  function add(key: string, wanted: string, verdict: Verdict, actual: string, place = decides): void {
    checks.push({ key, verdict, wanted, actual, place });
  }
  /** @param actual undefined where the outcome is of another kind */
  function text(
    key: keyof Expected,
    actual: Actual | undefined,
    equal?: (text: string, value: string) => boolean,
  ): void {
    const wanted = expected[key] as Wanted | undefined;
    if (wanted === undefined) return;
    const verdict = actual ? matches(wanted, actual, equal) : ofNone(wanted, outcome);
    add(
      key,
      wantedText(wanted),
      verdict,
      actual?.value === undefined ? outcomeText(outcome) : valueText(actual, verdict),
    );
  }
  function flag(key: 'denied' | 'upgrade', actual: boolean | undefined): void {
    const wanted = expected[key];
    if (wanted === undefined) return;
    const verdict = actual === undefined ? 'unknown' : actual === wanted ? 'passed' : 'failed';
    add(key, String(wanted), verdict, outcomeText(outcome));
  }
  function headers(key: 'backendHeaders' | 'responseHeaders', actual: readonly TracedHeader[] | undefined): void {
    for (const [name, wanted] of Object.entries(expected[key] ?? ({} as WantedHeaders))) {
      const label = `${key}.${name}`;
      if (!actual) add(label, wantedText(wanted), ofNone(wanted, outcome), outcomeText(outcome));
      else {
        const found = actual.filter((header) => header.name.toLowerCase() === name.toLowerCase());
        const place = found.map(({ origin }) => origin).find((origin) => typeof origin !== 'string');
        const verdict = matches(wanted, headerActual(found));
        add(label, wantedText(wanted), verdict, headerText(found, verdict), place ?? decides);
      }
    }
  }

  text('status', statusOf(outcome), isStatus);
  text('location', outcome.kind === 'response' ? known(outcome.location) : undefined);
  text('body', outcome.kind === 'response' ? known(outcome.body) : undefined);
  text('file', outcome.kind === 'static' ? known(outcome.file) : undefined);
  flag('denied', isKeptOut(outcome));
  text('backend', backendOf(outcome), (wanted, backend) => namesOf(outcome, backend).includes(wanted));
  text('protocol', protocolOf(outcome));
  text('path', outcome.kind === 'proxy' ? known(outcome.uri) : undefined);
  text('method', outcome.kind === 'proxy' ? known(outcome.method) : undefined);
  text('httpVersion', outcome.kind === 'proxy' ? known(outcome.httpVersion) : undefined);
  headers('backendHeaders', outcome.kind === 'proxy' ? outcome.headers : undefined);
  headers('responseHeaders', outcome.kind === 'unknown' ? undefined : trace.responseHeaders);
  if (expected.noOtherHeaders) checks.push(checkOtherHeaders(expected, trace, decides));
  flag('upgrade', upgradeOf(outcome));
  if (expected.tls) checks.push(...checkTls(expected.tls, hop, decides));
  text('virtualHost', known(trace.virtualHost?.text), hasName);
  text('route', known(trace.location?.text), isRoute);
  if (expected.behind) checks.push(...checkBehind(expected.behind, hop, decides));
  return checks;
}

function checkOtherHeaders(
  { backendHeaders = {}, responseHeaders: wanted = {} }: Expected,
  { outcome, responseHeaders }: Trace,
  decides: Place | undefined,
): Check {
  const base = { key: 'noOtherHeaders', wanted: 'no other header added' } as const;
  if (outcome.kind === 'unknown') return { ...base, verdict: 'unknown', actual: outcomeText(outcome), place: decides };
  const others = [
    ...othersOf(outcome.kind === 'proxy' ? outcome.headers : [], backendHeaders),
    ...othersOf(responseHeaders, wanted),
  ];
  const place = others.map(({ origin }) => origin).find((origin) => typeof origin !== 'string');
  const actual = [...new Set(others.map(({ name }) => name))].join(', ') || 'no other';
  return { ...base, verdict: others.length > 0 ? 'failed' : 'passed', actual, place: place ?? decides };
}

function othersOf(headers: readonly TracedHeader[], wanted: WantedHeaders): readonly TracedHeader[] {
  const named = new Set(Object.keys(wanted).map((name) => name.toLowerCase()));
  return headers.filter((header) => isAdded([header]) && !named.has(header.name.toLowerCase()));
}

function checkBehind(expected: Expected, { next, stop, trace: { outcome } }: Hop, place: Place | undefined): Check[] {
  if (next) return checkHop(expected, next).map((check) => ({ ...check, key: `behind.${check.key}` }));
  const actual = stop ?? outcomeText(outcome);
  const verdict = stop === undefined && outcome.kind !== 'unknown' ? 'failed' : 'unknown';
  return [{ key: 'behind', verdict, wanted: 'another server behind this one', actual, place }];
}

function checkTls(
  { offers = [], refuses = [] }: NonNullable<Expected['tls']>,
  hop: Hop,
  place: Place | undefined,
): Check[] {
  const host = virtualHostOf(hop);
  const offered = offeredBy(hop);
  const actual = host === undefined ? 'no virtual host' : (offered?.join(', ') ?? 'not known');
  const check = (key: string, version: string, isWanted: boolean): Check => {
    const verdict = !offered ? 'unknown' : offered.includes(version) === isWanted ? 'passed' : 'failed';
    const origin = host?.tls.protocols.origin;
    const at = origin === undefined || origin === 'default' ? place : headerOf(origin);
    return { key: `tls.${key}`, verdict, wanted: `${version} ${isWanted ? '' : 'not '}offered`, actual, place: at };
  };
  return [
    ...offers.map((version) => check('offers', version, true)),
    ...refuses.map((version) => check('refuses', version, false)),
  ];
}

/** Where to look when something is not as it should be. */
export function placeThatDecides({ trace: { location, virtualHost, steps } }: Hop): Place | undefined {
  const last = steps.findLast(({ does, place }) => place && (does === 'redirect' || does === 'refuse'));
  return last?.place ?? location?.place ?? virtualHost?.place;
}

const known = (value: string | undefined): Actual => ({
  value: value === undefined ? undefined : toText(value),
  isKnown: true,
});

/** An outcome of another kind has no such thing. */
function ofNone(wanted: Wanted, { kind }: Outcome): Verdict {
  return kind === 'unknown' ? 'unknown' : matches(wanted, { value: undefined, isKnown: true });
}

function statusOf(outcome: Outcome): Actual | undefined {
  if (outcome.kind === 'response') return known(String(outcome.status));
  if (outcome.kind !== 'static') return undefined;
  return outcome.found === undefined ? { value: undefined, isKnown: false } : known(String(outcome.status));
}

/** `404`, or `4xx`. */
function isStatus(wanted: string, status: string): boolean {
  return wanted === status || (/^[1-5]xx$/i.test(wanted) && wanted[0] === status[0]);
}

/** Who finds nobody there is kept out, too. */
function isKeptOut(outcome: Outcome): boolean | undefined {
  return outcome.kind === 'unknown' ? undefined : outcome.kind === 'refused' || isDenied(outcome);
}

function backendOf(outcome: Outcome): Actual | undefined {
  return outcome.kind === 'proxy' || outcome.kind === 'tunnel' ? known(outcome.backend) : undefined;
}

/** All by which a backend may be meant. */
function namesOf(outcome: Outcome, backend: string): string[] {
  const peers = outcome.kind === 'proxy' || outcome.kind === 'tunnel' ? outcome.peers : [];
  const addresses = peers.map(({ host, port }) => (port === undefined ? `unix:${host}` : `${host}:${port}`));
  return [backend, backend.replace(/^[a-z+]+:\/\//, ''), ...addresses];
}

function protocolOf(outcome: Outcome): Actual | undefined {
  if (outcome.kind === 'tunnel') return known(outcome.transport);
  return outcome.kind === 'proxy' ? known(outcome.protocol) : undefined;
}

function upgradeOf(outcome: Outcome): boolean | undefined {
  if (outcome.kind === 'proxy') return outcome.upgrade ?? false;
  if (outcome.kind === 'tunnel') return true;
  return outcome.kind === 'unknown' ? undefined : false;
}

/** One of the names that the trace shows of it. */
function hasName(wanted: string, text: string): boolean {
  return text === wanted || text.split(/[\s,]+/).includes(wanted);
}

/** `/api/`, or with the word in front of it: `location /api/`. */
function isRoute(wanted: string, text: string): boolean {
  return text === wanted || text.slice(text.indexOf(' ') + 1) === wanted;
}

function headerText(found: readonly TracedHeader[], verdict: Verdict): string {
  const actual = headerActual(found);
  if (actual.value !== undefined) return valueText(actual, verdict);
  return actual.isKnown ? 'not there' : 'there, with a value that cannot be told';
}

/** Of a value that is known only a pattern can leave open whether it is what was wanted. */
function valueText({ value = '' }: Actual, verdict: Verdict): string {
  return verdict === 'unknown' ? `${quote(value)}, on which the pattern would take too long` : quote(value);
}
