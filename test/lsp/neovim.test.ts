/** The server in neovim, by neovim's own client. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../helpers/run-cli.ts';

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
const isRequired = process.env['CI'] !== undefined || process.env['PROXYLINT_REQUIRE_SERVERS'] !== undefined;
if (!hasNeovim && !isRequired) console.warn('neovim is not installed: test/lsp/neovim.test.ts is skipped');

const config = `events {}
http {
    upstream app {
        server 127.0.0.1:3000;
    }
    server {
        listen 80;
        server_name example.org;
        location / {
            proxy_pass http://app;
          proxy_read_timeout 20s;
            proxi_http_version 1.1;
        }
    }
}
`;

test.skipIf(!hasNeovim && !isRequired)(
  'neovim shows, explains, completes, renames and fixes',
  () => {
    const directory = folder({ 'nginx.conf': config });
    const { stdout, stderr, status } = spawnSync(
      'nvim',
      ['--headless', '-u', 'NONE', 'nginx.conf', '-c', `luafile ${resolve('test/lsp/neovim/session.lua')}`],
      {
        cwd: directory,
        encoding: 'utf8',
        timeout: 100_000,
        env: {
          ...process.env,
          XDG_STATE_HOME: join(directory, 'state'),
          PROXYLINT_SERVER: JSON.stringify([process.execPath, resolve('dist/cli.cjs'), 'lsp']),
        },
      },
    );
    const steps = new Map(
      stdout
        .split(/\r?\n/)
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { step: string; value: unknown })
        .map(({ step, value }) => [step, value]),
    );
    expect({ status, timeout: steps.get('timeout'), stderr }).toMatchObject({ status: 0, timeout: undefined });
    expect(steps.get('diagnostics')).toContain('unknown-directive');
    expect(steps.get('hover')).toContain('Defines a timeout for reading a response');
    expect(steps.get('completion')).toBeGreaterThan(50);
    expect(steps.get('definition')).toBe(2);
    expect(steps.get('rename')).toBe(config.replaceAll('app', 'backend').trimEnd());
    expect(steps.get('code action')).toContain('            proxy_http_version 1.1;');
    expect(config).toContain('          proxy_read_timeout 20s;');
    expect(steps.get('formatting')).toContain('            proxy_read_timeout 20s;');
  },
  120_000,
);
