/** The sample expectations: what holds of the configs as applications propose them, and what does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import glob from 'fast-glob';
import { expect, test } from 'vitest';
import { runCli } from '../helpers/run-cli.ts';

interface Json {
  readonly files: readonly {
    readonly file: string;
    readonly tests: readonly { readonly name: string; readonly verdict: string }[];
  }[];
}

const folder = 'examples/expectations';

/** Those of which the comment in front says why. */
const notHolding: Readonly<Record<string, readonly string[]>> = {
  'jatos-httpd': ['JATOS learns that the client used TLS', 'JATOS learns the name that the client asked for'],
  'jatos-httpd-gui': ['researchers on the local network come in (192.168.7.1)', 'others do not'],
  'jatos-nginx': ['the channels tell who asks, too', 'only what is safe is offered'],
  'jupyterhub-nginx': [
    'files of certbot are served by nginx',
    'a file of a user below such a folder is none of them',
    'the hub learns that the client used TLS',
    'only what is safe is offered',
  ],
  'snikket-nginx-sslh': [`the server loads ${folder}/snikket-nginx-sslh/nginx.conf`],
};

test('each sample says the truth', () => {
  const { stdout, stderr, status } = runCli(['test', '--format', 'json', folder]);
  expect([stderr, status]).toEqual(['', 1]);
  const { files } = JSON.parse(stdout) as Json;
  const found = Object.fromEntries(
    files.map(({ file, tests }) => [
      file.split('/').at(-2),
      tests.filter(({ verdict }) => verdict !== 'passed').map(({ name }) => name),
    ]),
  );
  expect(found).toEqual(notHolding);
  for (const { tests } of files) expect(tests.some(({ verdict }) => verdict === 'passed')).toBe(true);
});

test('the page names every sample', () => {
  const page = readFileSync(join(folder, 'README.md'), 'utf8');
  const samples = glob.sync('*', { cwd: folder, onlyDirectories: true });
  expect(samples.sort()).toEqual(Object.keys(notHolding).sort());
  for (const sample of samples) expect(page).toContain(`| \`${sample}\` |`);
});
