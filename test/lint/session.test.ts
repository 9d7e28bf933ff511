import { describe, expect, test } from 'vitest';
import { createSession, FileError, OptionError, requestTo, Session, type FileAccess } from '../../src/index.ts';
import { memoryFiles } from '../helpers/memory-files.ts';

const main = 'events {}\nhttp {\n  include a.conf;\n}\n';
const host = 'server {\n  listen 80;\n  location / {\n    return 204;\n  }\n}\n';
const bad = host.replace('return 204;', 'return 204');

/** File access that counts what is read. */
function counted(texts: Record<string, string>): { files: FileAccess; reads: string[] } {
  const reads: string[] = [];
  const files = memoryFiles(texts);
  return { reads, files: { ...files, read: (path) => (reads.push(path), files.read(path)) } };
}

async function rulesOf(session: Session, path: string, text?: string): Promise<string[]> {
  const configs = await (await session.open(path, { text }))!.lint();
  return configs.flatMap(({ findings }) => findings.map(({ rule, place }) => `${rule} ${place.file.path}`));
}

test('a file is opened again without being read again, until something that it includes changes', async () => {
  const texts = { 'nginx.conf': main, 'a.conf': host };
  const session = await createSession({ files: memoryFiles(texts) });
  const first = await session.open('nginx.conf');
  await first!.lint();
  expect(await session.open('nginx.conf')).toBe(first);
  texts['a.conf'] = bad;
  const second = await session.open('nginx.conf');
  expect(second).not.toBe(first);
  expect(await rulesOf(session, 'nginx.conf')).toContain('missing-semicolon a.conf');
});

test('a pattern of an include that finds another file is a change', async () => {
  const texts: Record<string, string> = { 'nginx.conf': main.replace('a.conf', 'sites/*'), 'sites/a': host };
  let files = memoryFiles(texts);
  const session = new Session({
    settingsFor: () => ({ rules: [], files: { ...files, glob: (pattern) => files.glob(pattern) } }),
  });
  const first = (await session.open('nginx.conf'))!;
  await first.lint();
  expect(await session.open('nginx.conf')).toBe(first);
  files = memoryFiles({ ...texts, 'sites/b': host });
  expect(await session.open('nginx.conf')).not.toBe(first);
});

test('a text that is not saved counts for the file and for what includes it', async () => {
  const session = await createSession({ files: memoryFiles({ 'nginx.conf': main, 'a.conf': host }) });
  const before = await rulesOf(session, 'nginx.conf');
  session.setText('a.conf', bad);
  expect(await rulesOf(session, 'nginx.conf')).toEqual(['missing-semicolon a.conf', ...before]);
  expect(await rulesOf(session, 'a.conf')).toContain('missing-semicolon a.conf');
  session.setText('a.conf', undefined);
  expect(await rulesOf(session, 'nginx.conf')).toEqual(before);
});

test('many requests read a config once', async () => {
  const { files, reads } = counted({ 'nginx.conf': main, 'a.conf': host });
  const file = (await (await createSession({ files })).open('nginx.conf'))!;
  const answers = [];
  for (const path of ['/', '/b']) answers.push(...(await file.trace(requestTo({ url: `http://localhost${path}` }))));
  expect(answers.map(({ outcome }) => outcome)).toMatchObject([{ status: 204 }, { status: 204 }]);
  expect(reads).toEqual(['nginx.conf', 'a.conf']);
  const [table] = await file.routes();
  expect(table!.rows).toHaveLength(1);
});

test('a trace says that the server would refuse the config, and where', async () => {
  const session = await createSession();
  const text = 'events {}\nhttp { server { listen 80; location / { try_files; return 204; } } }\n';
  const file = (await session.open('nginx.conf', { text }))!;
  const [trace] = await file.trace(requestTo({ url: 'http://localhost/' }));
  expect(trace!.outcome).toMatchObject({ status: 204 });
  expect(trace!.unknowns).toEqual([
    'The server refuses this config (nginx.conf:2:41: The directive "try_files" takes at least 2 arguments, not no arguments); it is traced as far as it was understood.',
  ]);
});

test('a trace of a config that cannot be parsed says so in one sentence', async () => {
  const text = 'events {}\nhttp { server { listen 80; location / { return 204 } } }\n';
  const file = (await (await createSession()).open('nginx.conf', { text }))!;
  const [trace] = await file.trace(requestTo({ url: 'http://localhost/' }));
  expect(trace!.unknowns).toHaveLength(1);
  expect(trace!.unknowns[0]).toMatch(
    /^The server refuses this config \(nginx\.conf:2:\d+: .*traced as far as it was understood\.$/,
  );
});

describe('fix', () => {
  test('gives the fixed text, and writes nothing', async () => {
    const texts = { 'a.conf': bad };
    const session = await createSession({ files: memoryFiles(texts) });
    const fixed = await session.fix('a.conf');
    expect(fixed!.files).toEqual([{ path: 'a.conf', before: bad, text: host }]);
    expect(fixed).toMatchObject({ fixed: 1, refused: [] });
    expect(fixed!.findings.map(({ rule }) => rule)).not.toContain('missing-semicolon');
    expect(texts['a.conf']).toBe(bad);
  });

  test('leaves included files alone unless they may be edited', async () => {
    const session = await createSession({ files: memoryFiles({ 'nginx.conf': main, 'a.conf': bad }) });
    expect((await session.fix('nginx.conf'))!.files).toEqual([]);
    const { files } = (await session.fix('nginx.conf', { mayEdit: () => true }))!;
    expect(files.map(({ path, text }) => [path, text])).toEqual([['a.conf', host]]);
  });

  test('works on a text without any file', async () => {
    const session = await createSession();
    expect((await session.fix('x.conf', { text: bad }))!.files[0]!.text).toBe(host);
  });
});

test('a file that is not there, and one that the settings leave out', async () => {
  const session = await createSession({ files: memoryFiles({}) });
  await expect(session.open('x.conf')).rejects.toThrow(FileError);
  await expect(session.open('x.conf')).rejects.toThrow('x.conf: no such file; give its text');
  expect(await new Session({ settingsFor: () => undefined }).open('x.conf', { text: host })).toBeUndefined();
});

test('keeps as many files as it is told to', async () => {
  const session = await createSession({ keep: 1 });
  const a = await session.open('a.conf', { text: host });
  expect(await session.open('a.conf', { text: host })).toBe(a);
  await session.open('b.conf', { text: host });
  expect(await session.open('a.conf', { text: host })).not.toBe(a);
});

test.each([
  [
    { rules: { 'weak-tls-protocl': { severity: 'off' } } },
    'unknown rule "weak-tls-protocl"; did you mean "weak-tls-protocol"?',
  ],
  [
    { rules: { 'weak-tls-protocol': { severity: 'eror' } } },
    'severity: "eror" is not one of off, info, warning, error; did you mean "error"?',
  ],
  [{ rules: { 'timeout-too-long': { options: { maximun: 1 } } } }, 'unknown key "maximun"'],
  [{ targets: { nginks: '1.22' } }, 'targets: "nginks" is not one of nginx, apache, sslh; did you mean "nginx"?'],
  [{ targets: { nginx: 'new' } }, 'targets.nginx: "new" is no version; write one such as "1.22.1"'],
  [{ minConfidence: 'hi' }, 'minConfidence: "hi" is not one of low, medium, high'],
  [{ targts: {} }, 'option: "targts" is not one of files, root, budget, rules, targets, minConfidence'],
])('%j is refused: %s', async (options, message) => {
  const refused = createSession(options as never);
  await expect(refused).rejects.toThrow(OptionError);
  await expect(refused).rejects.toThrow(message);
});

test.each([
  [{ url: 'ftp://a/' }, 'is no http, https, ws or wss URL'],
  [{ url: 'http://a/', method: 'get' }, 'method: "get" is no HTTP method'],
  [{ url: 'http://a/', from: 'me' }, 'from: "me" is no IP address'],
  [{ url: 'http://a/', bodySize: -1 }, 'bodySize: -1'],
])('the request %j is refused', (request, message) => {
  expect(() => requestTo(request)).toThrow(OptionError);
  expect(() => requestTo(request)).toThrow(message);
});
