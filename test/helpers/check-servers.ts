/**
 * Says before all tests, in a line each, which servers are not there, so that the tests that ask them are skipped; ends the run where one refuses
 * even a config in which nothing can be wrong: hundreds of tests would fail, and none would say why.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Server {
  readonly program: string;
  readonly config: string;
  readonly args: (config: string, folder: string) => readonly string[];
}

const servers: readonly Server[] = [
  {
    program: 'nginx',
    config: 'events {}\n',
    args: (config, folder) => ['-t', '-q', '-p', folder, '-c', config, '-e', 'stderr', '-g', `pid ${folder}/pid;`],
  },
  {
    program: 'apache2',
    config:
      'ServerName localhost\nLoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nErrorLog /dev/null\nListen 127.0.0.1:8\n',
    args: (config, folder) => ['-t', '-d', folder, '-f', config],
  },
  // Version 1.20 has no option that only tests.
  { program: 'sslh', config: '', args: () => ['-V'] },
];

export default function checkServers(): void {
  const folder = mkdtempSync(join(tmpdir(), 'proxylint-servers-'));
  const refusals = servers.flatMap((server) => refusalOf(server, folder));
  rmSync(folder, { recursive: true, force: true });
  if (refusals.length === 0) return;
  for (const line of refusals) console.error(line);
  process.exit(1);
}

function refusalOf({ program, config, args }: Server, folder: string): string[] {
  const path = join(folder, `${program}.conf`);
  writeFileSync(path, config);
  const { error, status, stdout, stderr } = spawnSync(program, args(path, folder), { encoding: 'utf8' });
  if (error) {
    console.warn(`${program} is not installed: the tests that ask it are skipped.`);
    return [];
  }
  if (status === 0) return [];
  const said = `${stderr}${stdout}`.trim().split('\n')[0];
  return [
    `${program} on this machine refuses even an empty config, so no test can ask it: ${said} (exit status ${status})`,
  ];
}
