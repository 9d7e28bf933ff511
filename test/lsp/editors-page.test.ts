/** The page about editors, followed literally: its config for the neovim that is installed shows diagnostics. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../helpers/run-cli.ts';

const page = readFileSync('docs/editors.md', 'utf8');
const blocks = [...page.matchAll(/```(\w+)\n([^]*?)```/g)].map(([, language, code]) => ({ language, code: code! }));
const version = /NVIM v(\d+)\.(\d+)/.exec(spawnSync('nvim', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const isRequired = process.env['CI'] !== undefined || process.env['PROXYLINT_REQUIRE_SERVERS'] !== undefined;

test('every JSON block is JSON', () => {
  const all = blocks.filter(({ language }) => language === 'json');
  expect(all.length).toBeGreaterThan(2);
  for (const { code } of all) expect(() => JSON.parse(code) as unknown, code).not.toThrow();
});

test.skipIf(!version && !isRequired)(
  'the config for neovim works as it stands there',
  () => {
    const isNew = Number(version![1]) > 0 || Number(version![2]) >= 11;
    const [newer, older] = blocks.filter(({ language }) => language === 'lua');
    const home = folder({
      '.config/nvim/init.lua': (isNew ? newer : older)!.code,
      'nginx.conf': 'events {}\nhttp {\n    proxi_read_timeout 1s;\n}\n',
      'look.lua': `vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, each in ipairs(vim.diagnostic.get(0)) do io.stdout:write(each.message .. '\\n') end
vim.cmd('qall!')
`,
    });
    const bin = join(home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'proxylint'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.cjs')}' "$@"\n`);
    chmodSync(join(bin, 'proxylint'), 0o755);
    const { stdout, stderr } = spawnSync('nvim', ['--headless', 'nginx.conf', '-c', 'luafile look.lua'], {
      cwd: home,
      encoding: 'utf8',
      timeout: 100_000,
      env: {
        ...process.env,
        HOME: home,
        XDG_STATE_HOME: join(home, 'state'),
        PATH: `${bin}${delimiter}${process.env['PATH']}`,
      },
    });
    expect(`${stdout}${stderr}`).toContain('proxy_read_timeout');
  },
  120_000,
);
