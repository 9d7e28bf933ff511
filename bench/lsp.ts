/** What an editor feels of the built language server: changes of a long file, fast typing, many open files. `tsx bench/lsp.ts` */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import { generateApache, generateConfig } from './generate.ts';
import { measure, median } from './measure.ts';

const program = resolve('dist/cli.cjs');
const openFiles = 2000;
const manyChanges = 10_000;

class Editor {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #versions = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  /** By URI: the newest version that there are diagnostics of. */
  readonly #told = new Map<string, number>();
  publications = 0;

  constructor() {
    this.#process = spawn(process.execPath, [program, 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout!),
      new StreamMessageWriter(this.#process.stdin!),
    );
    this.#connection.onNotification('textDocument/publishDiagnostics', ({ uri, version }: PublishDiagnosticsParams) => {
      this.publications++;
      this.#told.set(uri, version ?? 0);
      for (const look of this.#waiting) look();
    });
    this.#connection.onNotification('window/logMessage', ({ message }: { message: string }) => console.error(message));
    this.#connection.listen();
  }

  async begin(): Promise<void> {
    await this.#connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await this.#connection.sendNotification('initialized', {});
  }

  async open(path: string, text: string): Promise<string> {
    const uri = pathToFileURL(path).href;
    this.#versions.set(uri, 1);
    await this.#connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'conf', version: 1, text },
    });
    return uri;
  }

  async type(uri: string, line: number, text: string, removed = 0): Promise<void> {
    const version = this.#versions.get(uri)! + 1;
    this.#versions.set(uri, version);
    const range = { start: { line, character: 0 }, end: { line, character: removed } };
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  hover(uri: string, line: number): Promise<unknown> {
    return this.#connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line, character: 10 },
    });
  }

  /** Until there are diagnostics of the text as it is now. */
  async settled(...uris: readonly string[]): Promise<void> {
    const isSettled = (): boolean => uris.every((uri) => (this.#told.get(uri) ?? 0) >= this.#versions.get(uri)!);
    await new Promise<void>((done) => {
      const look = (): void => {
        if (!isSettled()) return;
        this.#waiting.delete(look);
        done();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Milliseconds of CPU time so far. */
  get cpu(): number {
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** Megabytes: what is resident now, and the most that ever was. */
  get memory(): { readonly now: number; readonly most: number } {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
    const of = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) / 1024;
    return { now: of('VmRSS'), most: of('VmHWM') };
  }

  end(): void {
    this.#connection.dispose();
    this.#process.kill();
  }
}

const directory = mkdtempSync(join(tmpdir(), 'proxylint-bench-'));
try {
  await changes('nginx', generateConfig(293, directory), 2500);
  await changes('httpd', generateApache(277, directory, '/usr/lib/apache2/modules'), 2500);
  await manyFiles();
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** One line of 5,000, again and again, and then a hundred characters as fast as they can be sent. */
async function changes(name: string, text: string, line: number): Promise<void> {
  const path = join(directory, `${name}.conf`);
  writeFileSync(path, text);
  const { cold } = measure({ cold: [process.execPath, program, '--no-config', path] }, 7);
  const editor = new Editor();
  await editor.begin();
  const uri = await editor.open(path, text);
  await editor.settled(uri);
  const times: { cpu: number; wall: number }[] = [];
  const blocks = 12;
  for (let block = 0; block < blocks; block++) {
    // The clock of a process ticks in hundredths: several changes make one figure.
    const [cpu, start] = [editor.cpu, performance.now()];
    for (let change = 0; change < 5; change++) {
      await editor.type(uri, line, change % 2 === 0 ? '#' : '', change % 2 === 0 ? 0 : 1);
      await editor.settled(uri);
    }
    times.push({ cpu: (editor.cpu - cpu) / 5, wall: (performance.now() - start) / 5 });
  }
  const early = median(times.slice(0, 3).map(({ cpu }) => cpu));
  const late = median(times.slice(-6).map(({ cpu }) => cpu));
  const wall = median(times.slice(-6).map((time) => time.wall));
  const lines = text.split('\n').length - 1;
  console.log(
    `${name}, ${lines} lines: cold lint ${round(cold.cpu)} ms CPU; a change of one line ${round(late)} ms CPU ` +
      `(${(late / cold.cpu).toFixed(2)}; the first 15 changes ${round(early)} ms), diagnostics ${round(wall)} ms after it`,
  );
  await typing(name, editor, uri, line);
  editor.end();
}

async function typing(name: string, editor: Editor, uri: string, line: number): Promise<void> {
  const before = editor.publications;
  const cpu = editor.cpu;
  for (let index = 0; index < 100; index++) {
    await editor.type(uri, line, '#');
    await new Promise((go) => setTimeout(go, 20));
  }
  const start = performance.now();
  await editor.hover(uri, 20);
  const answered = performance.now() - start;
  await editor.settled(uri);
  console.log(
    `${name}, 100 characters in a row: ${editor.publications - before} lints, ${round(editor.cpu - cpu)} ms CPU; behind the last one a ` +
      `hover is answered after ${round(answered)} ms, and the diagnostics are there after ${round(performance.now() - start)} ms`,
  );
}

async function manyFiles(): Promise<void> {
  const editor = new Editor();
  await editor.begin();
  const folder = join(directory, 'sites');
  mkdirSync(folder);
  const uris: string[] = [];
  for (let index = 0; index < openFiles; index++) {
    const path = join(folder, `${index}.conf`);
    const text = siteText(index);
    writeFileSync(path, text);
    uris.push(await editor.open(path, text));
  }
  await editor.settled(...uris);
  const opened = editor.memory;
  for (let index = 0; index < manyChanges; index++) {
    await editor.type(uris[index % 50]!, 1, index % 100 < 50 ? '#' : '', index % 100 < 50 ? 0 : 1);
    if (index % 20 === 19) await editor.settled(uris[index % 50]!);
  }
  await editor.settled(...uris);
  const changed = editor.memory;
  console.log(
    `${openFiles} files open: ${round(opened.now)} MB (most ${round(opened.most)}); after ${manyChanges} changes ` +
      `${round(changed.now)} MB (most ${round(changed.most)})`,
  );
  editor.end();
}

function siteText(index: number): string {
  const [host] = generateConfig(1, '/srv').match(/ {4}server \{[^]*\n {4}\}\n/)!;
  return host.replaceAll('host-0', `host-${index}`).replace(/^/, '# site\n');
}

function round(value: number): string {
  return value.toFixed(0);
}
