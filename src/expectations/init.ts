/** Writes the expectations that hold today: of each route those requests that tell it apart. */
import { stringify } from 'yaml';
import { OptionError } from '../lint/options.ts';
import type { TraceRequest } from '../model/trace.ts';
import { requestTo, type RequestToTrace } from '../lint/request.ts';
import type { Hop } from '../topology/follow.ts';
import type { RepresentativeRequest } from '../requests/representative-request.ts';
import { representativeRequests, type Subject } from '../requests/representatives.ts';
import { nameOf } from './config-name.ts';
import { expectedOf, offeredBy, writtenRequest } from './derive.ts';
import { hopFor, type NamedConfig, type Trace } from './run.ts';
import type { Expected } from './types.ts';

interface WrittenTest {
  readonly name: string;
  readonly config?: string;
  readonly request: string | object;
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
/** Ways to be answered that a reader wants to see of one route. */
const mostOfRoute = 4;
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
  const document = {
    configs: configs.length === 1 ? configs[0] : configs,
    tests: writer.tests,
  };
  return {
    text: head + stringify(document, { lineWidth: 0 }),
    expectations: writer.tests.length,
    routes: writer.routes,
    isCut: writer.isCut,
  };
}

class Writer {
  readonly tests: WrittenTest[] = [];
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

  async #add({ config }: Subject, { request, standsFor, why }: RepresentativeRequest): Promise<void> {
    const { place, virtualHost } = standsFor;
    const key = `${place?.file.path} ${place?.start}`;
    let ways = this.#ways.get(key);
    if (!ways) this.#ways.set(key, (ways = new Set()));
    if (ways.size >= mostOfRoute) return;
    const name = this.#seen && nameOf(config.file.source, this.#seen);
    const found = await this.#hold(
      this.#seen && { name: nameOf(config.file.source), directory: '' },
      forms.map((which) => writtenRequest(request, which)),
      place,
    );
    if (!found) return;
    const { asked, hop, expect } = found;
    const way = wayOf(hop);
    if (ways.has(way)) return;
    ways.add(way);
    const versions = virtualHost && !this.#tlsTold.has(virtualHost) ? offeredBy(hop) : undefined;
    if (versions) this.#tlsTold.add(virtualHost);
    this.tests.push({
      name: `${hop.trace.location?.text ?? hop.trace.virtualHost?.text ?? 'listener'}: ${why}`,
      ...(name !== undefined && { config: name }),
      request: shortest(asked),
      expect: { ...expect, ...(versions && { tls: { offers: versions } }) },
    });
  }

  /** The shortest form of the request that reaches the place that it stands for. */
  async #hold(
    config: NamedConfig | undefined,
    written: readonly (RequestToTrace | undefined)[],
    place: RepresentativeRequest['standsFor']['place'],
  ): Promise<{ asked: RequestToTrace; hop: Hop; expect: Expected } | undefined> {
    for (const form of written) {
      const request = form && requestIfValid(form);
      const hop = request && hopFor(config, await this.#trace(request));
      if (!hop || typeof hop === 'string') continue;
      const expect = expectedOf(hop);
      const reached = hop.trace.location?.place;
      const isThere = !reached || (reached.file === place?.file && reached.start === place.start);
      if (expect && isThere) return { asked: form, hop, expect };
    }
    return undefined;
  }
}

/** Undefined for what no URL can say, such as a name with brackets in it. */
function requestIfValid(asked: RequestToTrace): TraceRequest | undefined {
  try {
    return requestTo(asked);
  } catch (error) {
    if (error instanceof OptionError) return undefined;
    throw error;
  }
}

/** The same for answers that a reader takes for the same. */
function wayOf({ trace: { outcome } }: Hop): string {
  switch (outcome.kind) {
    case 'response':
      return `${outcome.status}`;
    case 'proxy':
      return `${outcome.backend} ${outcome.upgrade}`;
    case 'tunnel':
      return outcome.backend;
    case 'static':
      return `static ${outcome.found}`;
    default:
      return outcome.kind;
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
