/** Plays the expectations of a file. */
import { requestTo, type RequestToTrace } from '../lint/request.ts';
import type { FileLookup, TraceRequest } from '../model/trace.ts';
import type { Finding } from '../rules/finding.ts';
import { directoryOf } from '../text/paths.ts';
import type { Position, SourceFile } from '../text/source.ts';
import type { Hop } from '../topology/follow.ts';
import { checkHop, type Check } from './check.ts';
import { isMeant, isNameFrom, nameOf } from './config-name.ts';
import { worstOf, type Verdict } from './match.ts';
import type { Assumed, Expectation, ExpectationFile } from './types.ts';

export interface Played {
  readonly name: string;
  /** Where the file says it. */
  readonly at: Position;
  /** Undefined: it is about the config as a whole. */
  readonly request: RequestToTrace | undefined;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  /** What the servers do; undefined where no config, or more than one, takes the request. */
  readonly hop: Hop | undefined;
  /** Why nothing was checked, a sentence. */
  readonly problem: string | undefined;
  /** Whether it has files of its own, which no server can be shown. */
  readonly hasOwnFiles: boolean;
}

/** What each config does with a request, as far as that is known of files. */
export type Trace = (request: TraceRequest, files: FileLookup) => Promise<readonly Hop[]>;

export async function play(file: ExpectationFile, trace: Trace): Promise<Played[]> {
  const all: Played[] = [];
  const directory = directoryOf(file.path);
  const files = lookupOf(file.assume);
  for (const expectation of file.expectations) {
    const own = expectation.assume ? lookupOf(expectation.assume, files) : files;
    all.push(playOne(expectation, await trace(requestTo(expectation.request), own), directory));
  }
  return all;
}

function playOne(expectation: Expectation, hops: readonly Hop[], directory: string): Played {
  const { name, at, request, expect, config } = expectation;
  const hasOwnFiles = expectation.assume !== undefined;
  const hop = hopFor(config === undefined ? undefined : { name: config, directory }, hops);
  if (typeof hop === 'string')
    return { name, at, request, verdict: 'unknown', checks: [], hop: undefined, problem: hop, hasOwnFiles };
  const checks = checkHop(expect, hop);
  const verdict = worstOf(checks.map((check) => check.verdict));
  return { name, at, request, verdict, checks, hop, problem: undefined, hasOwnFiles };
}

export function withChecks(played: Played, more: readonly Check[]): Played {
  const checks = [...played.checks, ...more];
  return { ...played, checks, verdict: worstOf(checks.map(({ verdict }) => verdict)) };
}

/** A config by name: the path as seen from a directory, or the end of one. */
export interface NamedConfig {
  readonly name: string;
  readonly directory: string;
}

/** Those of the config of that very name, else of those that may be meant by it. */
function hopsOf({ name, directory }: NamedConfig, all: readonly Hop[]): readonly Hop[] {
  const exact = all.filter(({ member }) => isNameFrom(directory, name, member.config.file.source));
  return exact.length > 0 ? exact : all.filter(({ member }) => isMeant(name, member.config.file.source));
}

/** What is meant of all that the configs do; a string says why that cannot be told. */
export function hopFor(config: NamedConfig | undefined, all: readonly Hop[]): Hop | string {
  const hops = config === undefined ? all : hopsOf(config, all);
  const listening = hops.filter(({ trace }) => trace.outcome.kind !== 'refused');
  const [hop] = listening.length > 0 ? listening : hops;
  if (!hop) return config === undefined ? 'no config takes requests' : `no config is called ${config.name}`;
  if (listening.length < 2) return hop;
  const names = listening.slice(0, 3).map(({ member }) => nameOf(member.config.file.source));
  return `${listening.length} configs take this request: ${names.join(', ')}; name one of them by "config"`;
}

/** Whether the server loads a config at all; without that nothing else holds. */
export function playLoading(config: SourceFile, refusal: Finding | undefined): Played {
  const check: Check = {
    key: 'config',
    verdict: refusal ? 'failed' : 'passed',
    wanted: 'one that the server loads',
    actual: refusal?.message ?? 'it does',
    place: refusal?.place,
  };
  return {
    name: `the server loads ${nameOf(config)}`,
    at: { line: 1, column: 1 },
    request: undefined,
    verdict: check.verdict,
    checks: [check],
    hop: undefined,
    problem: undefined,
    hasOwnFiles: false,
  };
}

/** What is said of the files that the servers look for; of others `rest` knows. */
export function lookupOf(
  { files = [], directories = [], missing = [] }: Assumed,
  rest: FileLookup = () => undefined,
): FileLookup {
  const kinds = new Map([
    ...missing.map((path) => [path, 'missing'] as const),
    ...directories.map((path) => [path, 'directory'] as const),
    ...files.map((path) => [path, 'file'] as const),
  ]);
  return (path) => kinds.get(path) ?? kinds.get(path.replace(/\/$/, '')) ?? rest(path);
}
