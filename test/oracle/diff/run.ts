/** Plays requests to a config and to a mutation of it on a running server, and compares what differs with what `diff` says. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareConfigs } from '../../../src/diff/compare.ts';
import { differencesOf } from '../../../src/diff/differences.ts';
import type { Side } from '../../../src/diff/side.ts';
import { concernedBy, wholeHostOf, type Statement } from '../../../src/diff/statements.ts';
import { sentenceOf } from '../../../src/formatters/diff/sentences.ts';
import type { TraceRequest } from '../../../src/model/trace.ts';
import { send, type Answer } from '../routing/client.ts';
import { startEcho } from '../routing/echo.ts';
import { documentRoot, freePorts, lookup } from '../routing/play.ts';
import { Draw } from '../routing/random.ts';
import { makeCertificate } from '../routing/sockets.ts';
import { testExpectations } from './expectations.ts';
import { mutated } from './mutate.ts';
import { apacheServer, nginxServer, stop, type DiffServer } from './servers.ts';

export interface DiffResult {
  pairs: number;
  /** Requests drawn at random that the server answers otherwise, and those of them that no statement is about. */
  differing: number;
  readonly uncovered: string[];
  /** Statements whose request can be played from this machine, and those of them that the server answers alike. */
  played: number;
  readonly unfounded: string[];
  /** Statements whose request cannot be played: from another client, of a setting that no answer shows. */
  unplayed: number;
  /** Pairs of which the server answers some request otherwise, and those of them whose `test --init` of the old config holds of the new one. */
  changed: number;
  readonly unnoticed: string[];
  /** What `test --init` wrote, and what of that does not hold of the config itself. */
  expectations: number;
  readonly wrong: string[];
}

export const nothing = (): DiffResult => ({
  pairs: 0,
  differing: 0,
  uncovered: [],
  played: 0,
  unfounded: [],
  unplayed: 0,
  changed: 0,
  unnoticed: [],
  expectations: 0,
  wrong: [],
});

interface Pair {
  readonly old: string;
  readonly now: string;
  readonly requests: readonly TraceRequest[];
}

const mutationsTried = 20;

export async function runDiff(
  dialect: 'nginx' | 'apache',
  seed: number,
  count: number,
  requests: number,
): Promise<DiffResult> {
  const random = new Draw(seed);
  const server = dialect === 'nginx' ? nginxServer() : apacheServer(random);
  const directory = mkdtempSync(join(tmpdir(), 'diff-'));
  const echo = await startEcho();
  try {
    const root = documentRoot(directory);
    chmodSync(directory, 0o777);
    const certificate = makeCertificate(directory);
    chmodSync(`${certificate}.key`, 0o644);
    const base = await freePorts(2 * count + 1);
    const pairs: Pair[] = [];
    for (let id = 0; pairs.length < count && id < count * 4; id++) {
      const port = base + 2 * pairs.length;
      const sockets = { port, tlsPort: port + 1, certificate };
      const { text, requests: drawn } = server.generate({ random, id, backend: echo.port, root, ...sockets }, requests);
      const now = acceptedMutation(server, directory, text, random);
      if (now !== undefined) pairs.push({ old: text, now, requests: drawn.filter(changesNothing) });
    }
    return await play(server, directory, pairs, base + 2 * count);
  } finally {
    await echo.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What is written by one server is there for the other one. */
const changesNothing = ({ method }: TraceRequest): boolean => method !== 'PUT' && method !== 'DELETE';

function acceptedMutation(server: DiffServer, directory: string, text: string, random: Draw): string | undefined {
  if (server.refusal(directory, text) !== undefined) return undefined;
  for (let attempt = 0; attempt < mutationsTried; attempt++) {
    const now = mutated(server.dialect, text, random);
    if (now !== undefined && now !== text && server.refusal(directory, now) === undefined) return now;
  }
  return undefined;
}

interface Prepared extends Pair {
  readonly before: Side;
  readonly after: Side;
  readonly statements: readonly Statement[];
  /** By statement; undefined: it cannot be played. */
  readonly witnesses: readonly (TraceRequest | undefined)[];
}

async function play(
  server: DiffServer,
  directory: string,
  pairs: readonly Pair[],
  running: number,
): Promise<DiffResult> {
  const prepared = await Promise.all(
    pairs.map(async (pair): Promise<Prepared> => {
      const [before, after] = [await server.sideOf(directory, pair.old), await server.sideOf(directory, pair.now)];
      const { statements } = compareConfigs(before, after);
      return { ...pair, before, after, statements, witnesses: statements.map((each) => playable(each, before, after)) };
    }),
  );
  const texts = [prepared.map(({ old }) => old), prepared.map(({ now }) => now)];
  const answers: string[][][] = [];
  for (const hosts of texts) {
    const process = await server.start(directory, hosts.join('\n'), running);
    try {
      const all: string[][] = [];
      for (const { requests, witnesses } of prepared) {
        const own: string[] = [];
        for (const request of [...requests, ...witnesses]) own.push(request ? shown(await send(request), request) : '');
        all.push(own);
      }
      answers.push(all);
    } finally {
      await stop(process);
    }
  }
  const result = nothing();
  for (const [at, pair] of prepared.entries()) {
    judge(pair, answers[0]![at]!, answers[1]![at]!, result);
    await judgeExpectations(pair, answers[0]![at]!, answers[1]![at]!, result);
  }
  return result;
}

function judge(pair: Prepared, old: readonly string[], now: readonly string[], result: DiffResult): void {
  const { requests, statements, witnesses, before, after } = pair;
  result.pairs++;
  const told = new Set(statements.flatMap(({ concerns }) => [...concerns]));
  for (const [at, request] of requests.entries()) {
    if (old[at] === now[at]) continue;
    result.differing++;
    const [was, is] = [before, after].map((side) => side.tracer(side, request, lookup));
    const keys = [...concernedBy(before, after, was!, is!), wholeHostOf(after, is!) ?? ''];
    if (keys.some((key) => told.has(key))) continue;
    result.uncovered.push(report(pair, request, old[at]!, now[at]!, statements.map(sentenceOf).join('\n')));
  }
  for (const [at, statement] of statements.entries()) {
    const request = witnesses[at];
    if (!request) {
      result.unplayed++;
      continue;
    }
    result.played++;
    const [was, is] = [old[requests.length + at]!, now[requests.length + at]!];
    if (was === is) result.unfounded.push(report(pair, request, was, is, `${statement.kind} ${sentenceOf(statement)}`));
  }
}

async function judgeExpectations(
  pair: Prepared,
  old: readonly string[],
  now: readonly string[],
  result: DiffResult,
): Promise<void> {
  const { before, after, requests, witnesses } = pair;
  const { expectations, wrong, failing } = await testExpectations(before, after);
  result.expectations += expectations;
  result.wrong.push(...wrong.map((text) => `${text}\n--- config\n${pair.old}`));
  const at = old.findIndex((answer, index) => answer !== now[index]);
  if (at === -1) return;
  result.changed++;
  if (failing === 0)
    result.unnoticed.push(report(pair, [...requests, ...witnesses][at]!, old[at]!, now[at]!, `${expectations} hold`));
}

function report(pair: Pair, request: TraceRequest, was: string, is: string, said: string): string {
  return `${JSON.stringify(request)}\nbefore ${was}\nnow ${is}\nsaid ${said}\n--- old\n${pair.old}\n--- new\n${pair.now}`;
}

/** Of these no answer tells, or only over time. */
const silent = /^(?:setting|protection|balancing|tls|undecided|refused-by|accepted-by|listener-changed)/;

/** The witness as this machine can send it, if both answers still differ so. */
function playable({ kind, witness }: Statement, before: Side, after: Side): TraceRequest | undefined {
  if (!witness || silent.test(kind)) return undefined;
  const { request } = witness;
  const to =
    request.to?.startsWith('203.') || request.to === undefined
      ? '127.0.0.1'
      : request.to === '2001:db8::77'
        ? '::1'
        : request.to;
  const headers = request.headers.filter(([name]) => !/^(?:content-length|connection)$/i.test(name));
  const isUpgrade = headers.some(([name]) => name.toLowerCase() === 'upgrade');
  const local: TraceRequest = {
    ...request,
    to,
    from: to.includes(':') ? '::1' : '127.0.0.1',
    headers: [
      ...headers,
      ['Connection', isUpgrade ? 'Upgrade' : 'close'],
      ...(request.bodySize > 0 ? [['Content-Length', String(request.bodySize)] as const] : []),
    ],
  };
  if (request.bodySize > 1_000_000 || /[^\x21-\x7e]/.test(request.target)) return undefined;
  // The files are those of the document root.
  const [was, is] = [before, after].map((side) => side.tracer(side, local, lookup));
  const differences = differencesOf(was!, is!);
  return differences.some((each) => each.kind === kind) ? local : undefined;
}

/** What a client and the backend see of an answer; where it has no text, of which text it speaks. */
function shown({ status, refused, headers, body }: Answer, { method }: TraceRequest): string {
  const told = method === 'HEAD' ? ofText : ofAnswer;
  const seen = headers
    .filter(([name]) => told.test(name))
    // The order of methods is that of the process, which holds other configs too.
    .map(([name, value]) => `${name.toLowerCase()}: ${/^allow$/i.test(name) ? value.split(',').sort().join() : value}`)
    .sort();
  // The page of mod_info shows the config itself, and that of stub_status how much was asked before.
  const text = /<title>Server Information<\/title>|^Active connections: /.test(body) ? '' : body;
  return [refused ? 'refused' : String(status), ...seen, text].join('\n');
}

const ofAnswer = /^(?:location|x-|www-auth|allow|refresh|set-cookie|cache-control)/i;
const ofText = /^(?:location|x-|www-auth|allow|refresh|set-cookie|cache-control|content-type|content-length|etag)/i;
