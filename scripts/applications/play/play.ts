/** Plays one application behind running nginx and httpd: what is seen and what proxylint finds must go together. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { lintText } from '../../../src/lint/text.ts';
import { ask, type Target } from './client.ts';
import { apacheConfig, makeCertificate, nginxConfig, startApache, startNginx, type Place } from './servers.ts';
import type { Answer, Broken, Parts, Played } from './types.ts';

const servers = ['nginx', 'apache'] as const;
type Server = (typeof servers)[number];

/** Is told each thing that has to hold, and whether it does. */
export type Claim = (holds: boolean, text: string) => void;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

async function untilReady(target: Target, path: string): Promise<void> {
  for (const end = Date.now() + 40_000; Date.now() < end;) {
    const answer = await ask(target, { path }).catch(() => undefined);
    if (answer && answer.status < 500) return;
    await sleep(25);
  }
  throw new Error(`${path} never answers`);
}

async function rulesIn(server: Server, application: Played, parts: Parts, place: Place): Promise<string[]> {
  const config = server === 'nginx' ? nginxConfig : apacheConfig;
  const text = `# proxylint-application: ${application.id}\n${config(parts, place)}`;
  const { findings } = await lintText(text, { path: `site.${server}.conf`, dialect: server });
  return findings.map(({ rule }) => rule);
}

async function behind(
  server: Server,
  parts: Parts,
  place: Place,
  work: (target: Target) => Promise<void>,
): Promise<void> {
  const child = server === 'nginx' ? startNginx(parts, place) : startApache(parts, place);
  const target = { port: place.port, tls: true, host: `app.example:${place.port}` };
  try {
    await untilReady(target, '/proxylint-ready');
    await work(target);
  } finally {
    await end(child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await Promise.race([gone, sleep(3000).then(() => child.kill('SIGKILL'))]);
}

/** The request of a case, behind its login. */
async function send(target: Target, { login, ask: request }: Broken, origin: string): Promise<Answer> {
  const cookies = login ? cookiesOf(await ask(target, login)) : [];
  const token = cookies.find((cookie) => cookie.startsWith(`${request.token}=`))?.split('=')[1];
  const headers = {
    ...(request.upgrade && { Origin: origin }),
    ...(request.referer !== undefined && { Referer: `${origin}${request.referer}` }),
    ...(cookies.length > 0 && { Cookie: cookies.join('; ') }),
    ...(token !== undefined && { 'X-CSRFToken': token }),
    ...request.headers,
  };
  return ask(target, { ...request, headers });
}

function cookiesOf({ headers }: Answer): string[] {
  return [headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0]!);
}

async function playBroken(
  server: Server,
  application: Played,
  broken: Broken,
  place: Place,
  claim: Claim,
): Promise<void> {
  const name = `${nameOf(application)} ${server}: ${broken.name}`;
  const origin = originOf(place);
  await behind(server, broken.parts, place, async (target) => {
    const answer = await send(target, broken, origin);
    claim(broken.symptom(answer, origin), `${name}: the symptom is seen (${answer.status})`);
  });
  claim(
    (await rulesIn(server, application, broken.parts, place)).includes(broken.rule),
    `${name}: ${broken.rule} finds it`,
  );
}

/** The requests of broken forms to the good form that they are made of. */
async function playGood(server: Server, application: Played, good: Parts, place: Place, claim: Claim): Promise<void> {
  const name = `${nameOf(application)} ${server}`;
  const found = (await rulesIn(server, application, good, place)).filter((rule) =>
    /^application-|websocket-upgrade|^missing-(?:host|forwarded)/.test(rule),
  );
  claim(found.length === 0, `${name}: the good form is silent ${found.join(' ')}`);
  const asked = brokenFor(server, application).filter((broken) => (broken.good ?? application.good) === good);
  if (asked.length === 0) return;
  const origin = originOf(place);
  await behind(server, good, place, async (target) => {
    for (const broken of asked) {
      const answer = await send(target, broken, origin);
      claim(!broken.symptom(answer, origin), `${name}: ${broken.name}: the good form answers ${answer.status}`);
    }
  });
}

function brokenFor(server: Server, { broken }: Played): readonly Broken[] {
  return broken.filter(({ servers: those }) => those?.includes(server) ?? true);
}

export function nameOf({ id, label }: Played): string {
  return label === undefined ? id : `${id} (${label})`;
}

function originOf({ port }: Place): string {
  return `https://app.example:${port}`;
}

export async function play(application: Played, claim: Claim): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'play-'));
  const backend = await freePort();
  const port = await freePort();
  const place: Place = { folder, port, backend, id: application.id };
  makeCertificate(folder);
  const own = join(folder, 'app');
  mkdirSync(own);
  const { command, env } = application.start(own, backend, originOf(place));
  const child = spawn(command[0]!, command.slice(1), { stdio: 'ignore', cwd: own, env: { ...process.env, ...env } });
  try {
    const direct = { port: backend, tls: false, host: `127.0.0.1:${backend}` };
    await untilReady(direct, application.ready);
    for (const request of application.prepare ?? []) await ask(direct, request);
    for (const server of servers) {
      const goods = brokenFor(server, application).map(({ good }) => good ?? application.good);
      for (const good of new Set([application.good, ...goods])) await playGood(server, application, good, place, claim);
      for (const broken of brokenFor(server, application)) await playBroken(server, application, broken, place, claim);
    }
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
