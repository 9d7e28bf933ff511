/** Writes the expectations that hold today: of each route those requests that tell it apart. */
import { stringify } from 'yaml';
import { OptionError } from '../lint/options.ts';
import type { FileLookup, TraceRequest } from '../model/trace.ts';
import type { Place } from '../text/source.ts';
import { requestTo, type RequestToTrace } from '../lint/request.ts';
import type { Hop } from '../topology/follow.ts';
import type { RepresentativeRequest } from '../requests/representative-request.ts';
import { representativeRequests, type Subject } from '../requests/representatives.ts';
import { anyClient } from '../requests/request-to.ts';
import { nameOf } from './config-name.ts';
import { AssumedFiles, type WorldKind } from './assumed-files.ts';
import { expectedOf, writtenRequest } from './derive.ts';
import { offeredBy } from './offered-by.ts';
import { hopFor, type Trace } from './run.ts';
import type { Assumed, Expected } from './types.ts';
import { virtualHostOf } from './virtual-host-of.ts';
import { wayOf } from './ways.ts';

interface WrittenTest {
  readonly name: string;
  readonly config?: string;
  readonly request: string | object;
  readonly assume?: Assumed;
  readonly expect: Expected;
}

export interface Initial {
  readonly text: string;
  readonly expectations: number;
  /** How many routes they are about. */
  readonly routes: number;
  /** Whether there would be more. */
  readonly isCut: boolean;
}

const forms = ['none', 'client', 'all'] as const;
/** Of a client that the config names, whether or not it is treated in its own way yet. */
const formsOfClient = ['client', 'all'] as const;
/** Ways to be answered that a reader wants to see of one route. */
const mostOfRoute = 12;
/** Of a virtual host, for each of its names one. */
const mostOfHost = 24;
const most = 5_000;

const head = `# yaml-language-server: $schema=https://raw.githubusercontent.com/proxylint/proxylint/main/schema/test.schema.json
# What held when this file was written: one request for each way in which a route answers. Keep what must stay, take out the rest.
`;

/** `configs`: as they are to be written; `seen`: how a path is. */
export async function initialExpectations(
  configs: readonly string[],
  subjects: readonly Subject[],
  trace: Trace,
  seen: (path: string) => string = (path) => path,
): Promise<Initial> {
  const writer = new Writer(trace, subjects.length > 1 ? seen : undefined);
  for (const subject of subjects) await writer.addAll(subject);
  const assume = writer.files.written;
  const document = {
    configs: configs.length === 1 ? configs[0] : configs,
    ...(assume && { assume }),
    tests: writer.tests,
  };
  return {
    text: head + stringify(document, { lineWidth: 0 }),
    expectations: writer.tests.length,
    routes: writer.routes,
    isCut: writer.isCut,
  };
}

/** A request in the shortest form that comes to the virtual host that it stands for, and what is done with it. */
interface Held {
  readonly asked: RequestToTrace;
  readonly hop: Hop;
  readonly expect: Expected;
}

class Writer {
  readonly tests: WrittenTest[] = [];
  readonly files = new AssumedFiles();
  isCut = false;
  readonly #trace: Trace;
  /** Undefined: there is one config only, which needs no name. */
  readonly #seen: ((path: string) => string) | undefined;
  /** What is written of each route, by its place. */
  readonly #ways = new Map<string, Set<string>>();
  readonly #tlsTold = new Set<unknown>();

  constructor(trace: Trace, seen: ((path: string) => string) | undefined) {
    this.#trace = trace;
    this.#seen = seen;
  }

  get routes(): number {
    return [...this.#ways.values()].filter(({ size }) => size > 0).length;
  }

  async addAll(subject: Subject): Promise<void> {
    for (const each of representativeRequests(subject)) {
      if (this.tests.length === most) {
        this.isCut = true;
        return;
      }
      await this.#add(subject, each);
    }
  }

  async #add(subject: Subject, each: RepresentativeRequest): Promise<void> {
    const { place } = each.standsFor;
    const key = `${place?.file.path} ${place?.start}`;
    let ways = this.#ways.get(key);
    if (!ways) this.#ways.set(key, (ways = new Set()));
    if (ways.size >= (each.standsFor.route ? mostOfRoute : mostOfHost)) return;
    const sofar = this.files.sofar();
    const held = await this.#hold(subject, each, sofar.files);
    if (held && this.#write(subject, each, held, ways)) sofar.keep();
    const isDecided = held && !isOpen(held.hop);
    if (isDecided && !sofar.isUsed()) return;
    // Where files decide: as if none were there, and as if all were.
    const worlds: readonly WorldKind[] = !held || isDecided ? ['empty', 'full'] : ['empty', 'folders'];
    let isShared = isDecided === true;
    const isNew = (known: Held | undefined): known is Held =>
      known !== undefined &&
      !isOpen(known.hop) &&
      !(held && isNotFound(known.hop)) &&
      !ways.has(wayOf(known.hop, known.expect, each.standsFor));
    for (const kind of worlds) {
      const world = this.files.shared(kind, subject.config, each.request.target);
      const known = isShared ? undefined : await this.#hold(subject, each, world.files);
      if (isNew(known) && world.keep()) {
        this.#write(subject, each, known, ways);
        isShared = true;
        continue;
      }
      // What was assumed for another test holds for that one.
      const own = this.files.own(kind, subject.config, each.request.target);
      const otherwise = await this.#hold(subject, each, own.files);
      const assume = own.written();
      if (assume && isNew(otherwise)) this.#write(subject, each, otherwise, ways, assume);
    }
  }

  /** False for what is answered in a way that is written already. */
  #write(
    { config }: Subject,
    { standsFor, why }: RepresentativeRequest,
    held: Held,
    ways: Set<string>,
    assume?: Assumed,
  ): boolean {
    const { virtualHost } = standsFor;
    const { asked, hop, expect } = held;
    const way = wayOf(hop, expect, standsFor);
    if (ways.has(way)) return false;
    ways.add(way);
    const offered = virtualHost && !this.#tlsTold.has(virtualHost) ? offeredBy(hop) : undefined;
    const versions = offered && offered.length > 0 ? offered : undefined;
    if (versions) this.#tlsTold.add(virtualHost);
    this.tests.push({
      name: `${hop.trace.location?.text ?? hop.trace.virtualHost?.text ?? 'listener'}: ${why}`,
      ...(this.#seen && { config: nameOf(config.file.source, this.#seen) }),
      request: shortest(asked),
      ...(assume && { assume }),
      expect: { ...expect, ...(versions && { tls: { offers: versions } }) },
    });
    return true;
  }

  async #hold({ config }: Subject, each: RepresentativeRequest, files: FileLookup): Promise<Held | undefined> {
    const { place, virtualHost } = each.standsFor;
    const name = this.#seen && { name: nameOf(config.file.source), directory: '' };
    const { from } = each.request;
    for (const form of from === undefined || from === anyClient ? forms : formsOfClient) {
      const asked = writtenRequest(each.request, form);
      const request = asked && requestIfValid(asked);
      const hop = request && hopFor(name, await this.#trace(request, files));
      if (!hop || typeof hop === 'string') continue;
      const expect = expectedOf(hop);
      const reached = hop.trace.location?.place;
      const isThere = virtualHost ? virtualHostOf(hop) === virtualHost : !reached || isSamePlace(reached, place);
      if (expect && isThere) return { asked, hop, expect };
    }
    return undefined;
  }
}

const isSamePlace = (a: Place, b: Place | undefined): boolean => a.file === b?.file && a.start === b.start;

/** Whether what is there decides the answer. */
const isOpen = ({ trace: { outcome } }: Hop): boolean => outcome.kind === 'static' && outcome.found === undefined;

const isNotFound = ({ trace: { outcome } }: Hop): boolean =>
  outcome.kind === 'response' && outcome.status === 404 && outcome.location === undefined;

/** Undefined for what no URL can say, such as a name with brackets in it. */
function requestIfValid(asked: RequestToTrace): TraceRequest | undefined {
  try {
    return requestTo(asked);
  } catch (error) {
    if (error instanceof OptionError) return undefined;
    throw error;
  }
}

function shortest(asked: RequestToTrace): string | object {
  const { url, method, headers, ...rest } = asked;
  if (!headers && Object.keys(rest).length === 0) return method === undefined ? url : `${method} ${url}`;
  const named = headers && Object.fromEntries(headers.map((line) => splitHeader(line)));
  return { url, ...(method !== undefined && { method }), ...(named && { headers: named }), ...rest };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
