/**
 * Plays applications behind running nginx and httpd, in their good form and with single parts broken: what users see and what proxylint
 * finds must go together. `npx tsx scripts/applications/play/main.ts [ID...]`; what is not installed is skipped. Loopback only.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { lintText } from '../../../src/lint/text.ts';
import { played, type Answer, type Broken, type Parts, type Played } from './cases.ts';
import { ask, type Target } from './client.ts';
import { apacheConfig, makeCertificate, nginxConfig, startApache, startNginx, type Place } from './servers.ts';

const servers = ['nginx', 'apache'] as const;
type Server = (typeof servers)[number];

let faults = 0;
let claims = 0;

function claim(holds: boolean, text: string): void {
  claims++;
  if (!holds) faults++;
  console.log(`${holds ? 'ok   ' : 'FAULT'} ${text}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

async function untilReady(target: Target, path: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await ask(target, { path }).catch(() => undefined);
    if (answer && answer.status < 500) return;
    await sleep(200);
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

async function playBroken(server: Server, application: Played, broken: Broken, place: Place): Promise<void> {
  const name = `${application.id} ${server}: ${broken.name}`;
  const origin = `https://app.example:${place.port}`;
  await behind(server, broken.good ?? application.good, place, async (target) => {
    const answer = await send(target, broken, origin);
    claim(!broken.symptom(answer, origin), `${name}: the good form answers ${answer.status}`);
  });
  await behind(server, broken.parts, place, async (target) => {
    const answer = await send(target, broken, origin);
    claim(broken.symptom(answer, origin), `${name}: the symptom is seen (${answer.status})`);
  });
  claim(
    (await rulesIn(server, application, broken.parts, place)).includes(broken.rule),
    `${name}: ${broken.rule} finds it`,
  );
}

async function play(application: Played): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'play-'));
  const backend = await freePort();
  const port = await freePort();
  const place: Place = { folder, port, backend, id: application.id };
  makeCertificate(folder);
  const own = join(folder, 'app');
  mkdirSync(own);
  const { command, env } = application.start(own, backend, `https://app.example:${port}`);
  const child = spawn(command[0]!, command.slice(1), { stdio: 'ignore', cwd: own, env: { ...process.env, ...env } });
  try {
    const direct = { port: backend, tls: false, host: `127.0.0.1:${backend}` };
    await untilReady(direct, application.ready);
    if (application.prepare) await ask(direct, application.prepare);
    for (const server of servers) {
      const rules = (await rulesIn(server, application, application.good, place)).filter((rule) =>
        /^application-|websocket-upgrade/.test(rule),
      );
      claim(rules.length === 0, `${application.id} ${server}: the good form is silent ${rules.join(' ')}`);
      for (const broken of application.broken) {
        if (broken.servers?.includes(server) ?? true) await playBroken(server, application, broken, place);
      }
    }
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const wanted = process.argv.slice(2);
let count = 0;
for (const application of played) {
  if (wanted.length > 0 && !wanted.includes(application.id)) continue;
  if (!existsSync(application.program)) {
    console.log(`skip  ${application.id}: not installed (${application.packages})`);
    continue;
  }
  try {
    await play(application);
    count++;
  } catch (error) {
    claim(false, `${application.id}: ${String(error)}`);
  }
}
console.log(`${count} applications, ${claims} claims, ${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
