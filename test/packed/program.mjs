/**
 * Runs the installed program as its users do, with the node that runs this, and prints what it says: each node must say the same.
 * Usage: node program.mjs SAMPLES... , in a folder into which proxylint is installed. With `PROGRAM=path` it runs that one.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const own = process.env.PROGRAM;
const command = own ? [resolve(own)] : [process.execPath, resolve('node_modules/proxylint/dist/cli.cjs')];
const samples = process.argv.slice(2);
const good = 'server {\n    listen 80;\n    location / {\n        return 204;\n    }\n}\n';
const bad = good.replace('204;', '204');

/**
 * Ends with an error unless the exit status is the wanted one; gives what was printed. What has been printed is shown to `answer`, and standard
 * input is closed when it returns true.
 */
async function run(wanted, args, input = '', answer = () => true) {
  const [file, ...before] = command;
  const child = spawn(file, [...before, ...args], { env: { NO_COLOR: '1' } });
  // One that reads no input may have ended.
  child.stdin.on('error', () => {});
  let stdout = '';
  let stderr = '';
  const close = () => answer(stdout, child.stdin) && child.stdin.end();
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    close();
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  child.stdin.write(input);
  close();
  const status = await new Promise((done, fail) =>
    child.on('error', fail).on('close', (code, signal) => done(code ?? signal)),
  );
  if (status !== wanted) throw new Error(`${args.join(' ')}: exit status ${status}, not ${wanted}\n${stdout}${stderr}`);
  return `$ proxylint ${args.join(' ')}\n${stdout}${stderr}`;
}

function message(body) {
  const text = JSON.stringify({ jsonrpc: '2.0', ...body });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** A whole conversation: diagnostics and a hover of one document. */
function languageServer() {
  const uri = pathToFileURL(resolve('site.conf')).href;
  const textDocument = { uri, languageId: 'nginx', version: 1, text: bad };
  const conversation = [
    {
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } },
    },
    { method: 'initialized', params: {} },
    { method: 'textDocument/didOpen', params: { textDocument } },
    { id: 2, method: 'textDocument/diagnostic', params: { textDocument: { uri } } },
    { id: 3, method: 'textDocument/hover', params: { textDocument: { uri }, position: { line: 1, character: 6 } } },
    { id: 4, method: 'shutdown' },
  ];
  let isOver = false;
  return run(0, ['lsp'], conversation.map(message).join(''), (printed, stdin) => {
    if (isOver || !printed.includes('"id":4')) return false;
    stdin.write(message({ method: 'exit' }));
    return (isOver = true);
  });
}

const lintings = samples.map((sample) => {
  const dialect = /\.(nginx|apache|sslh)\./.exec(sample)[1];
  return run(1, ['--format', 'json', '--fail-on', 'info', '--type', dialect, sample]);
});
const transcripts = await Promise.all([
  run(0, ['--version']),
  run(0, ['--help']),
  run(0, ['-'], good),
  run(1, ['-'], bad),
  run(2, ['no-such-file.conf']),
  run(2, ['--no-such-option']),
  ...lintings,
  ...samples.map((sample) => run(0, ['--fix-dry-run', '--fail-on', 'never', sample])),
  ...['sarif', 'github', 'junit', 'markdown'].map((format) => run(1, ['--format', format, '-'], bad)),
  run(1, ['fmt', '--check', '--stdin-filename', 'a.conf', '-'], good.replace('    listen', '  listen')),
  run(0, ['trace', 'http://localhost/', '-'], good),
  run(0, ['routes', '-'], good),
  run(0, ['topology', '--format', 'svg', ...samples]),
  run(0, ['rules', '--type', 'apache']),
  run(0, ['explain', 'weak-tls-protocol']),
  run(0, ['completion', 'bash']),
  languageServer(),
]);
const conversation = transcripts.at(-1);
for (const [wanted, text] of [
  ['a diagnostic', '"code":"missing-semicolon"'],
  ['a hover', '"kind":"markdown"'],
])
  if (!conversation.includes(text)) throw new Error(`lsp: ${wanted} is missing\n${conversation}`);
console.log(transcripts.join('\n'));
