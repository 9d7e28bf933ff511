/** The page about editors, followed literally: its config for the neovim and the Emacs that are installed shows diagnostics. */
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
    const { stdout, stderr } = spawnSync('nvim', ['--headless', 'nginx.conf', '-c', 'luafile look.lua'], {
      cwd: home,
      encoding: 'utf8',
      timeout: 100_000,
      env: {
        ...process.env,
        HOME: home,
        XDG_STATE_HOME: join(home, 'state'),
        PATH: pathWithProgram(home),
      },
    });
    expect(`${stdout}${stderr}`).toContain('proxy_read_timeout');
  },
  120_000,
);

// Eglot and the modes are packages of their own: where they are missing there is nothing to try.
const hasEglot =
  spawnSync('emacs', ['--batch', '--eval', "(progn (package-initialize) (require 'eglot) (nginx-mode) (apache-mode))"])
    .status === 0;

test.runIf(hasEglot)(
  'the config for Emacs works as it stands there, for all three servers',
  () => {
    const home = folder({
      'init.el': blocks.find(({ language }) => language === 'elisp')!.code,
      'nginx/nginx.conf': 'events {}\nhttp {\n    proxi_read_timeout 1s;\n}\n',
      'apache2/site.conf': '<VirtualHost *:80>\n    ServerNam a\n</VirtualHost>\n',
      'sslh/sslh.cfg':
        'timout: 2;\nlisten: ( { host: "0.0.0.0"; port: "443"; } );\nprotocols: ( { name: "ssh"; host: "127.0.0.1"; port: "22"; } );\n',
      'look.el': `(package-initialize)
(load (expand-file-name "init.el"))
(require 'eglot)
(defun wait-for (condition)
  (let ((tries 300))
    (while (and (not (funcall condition)) (> (setq tries (1- tries)) 0)) (accept-process-output nil 0.1))))
(setq base default-directory)
(dolist (file '("nginx/nginx.conf" "apache2/site.conf" "sslh/sslh.cfg"))
  (find-file (concat base file))
  (run-hooks 'post-command-hook)
  (wait-for #'eglot-current-server)
  (flymake-start)
  (wait-for #'flymake-diagnostics)
  (princ (format "%s %s\n" major-mode (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))))
`,
    });
    const { stdout, stderr } = spawnSync('emacs', ['--batch', '-l', 'look.el'], {
      cwd: home,
      encoding: 'utf8',
      timeout: 100_000,
      env: { ...process.env, HOME: home, PATH: pathWithProgram(home) },
    });
    expect(stdout, stderr).toMatch(/nginx-mode .*proxy_read_timeout/);
    expect(stdout, stderr).toMatch(/apache-mode .*ServerName/);
    expect(stdout, stderr).toMatch(/sslh-mode .*timeout/);
  },
  120_000,
);

/** With the built program in front, as if it were installed. */
function pathWithProgram(home: string): string {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'proxylint'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.cjs')}' "$@"\n`);
  chmodSync(join(bin, 'proxylint'), 0o755);
  return `${bin}${delimiter}${process.env['PATH']}`;
}
