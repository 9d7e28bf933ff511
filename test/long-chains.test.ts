/** What a config may repeat as often as it likes must not end the stack, nor take time out of proportion. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isDump } from '../src/syntax/dump.ts';
import { lintText } from '../src/index.ts';

const links = 5000;
const each = (line: (link: number) => string): string =>
  Array.from({ length: links }, (_, link) => line(link)).join('\n');

const nginx: Record<string, string> = {
  'maps, the first asked for last': `map $arg_x $m${links} { default $arg_x; }
${each((link) => `map $m${link + 1} $m${link} { default $m${link + 1}; }`)}
server { listen 8080; location / { resolver 10.0.0.1; proxy_pass http://$m0; } }`,
  'maps in the order of their use': `map $arg_x $m0 { default $arg_x; }
${each((link) => `map $m${link} $m${link + 1} { default $m${link}; }`)}
server { listen 8080; location / { resolver 10.0.0.1; proxy_pass http://$m${links}; } }`,
  'maps that each use the next one twice': `map $arg_x $m${links} { default $arg_x; }
${each((link) => `map $m${link + 1} $m${link} { default $m${link + 1}$m${link + 1}; x $m${link + 1}; }`)}
server { listen 8080; location / { resolver 10.0.0.1; proxy_pass http://$m0; } }`,
  'set after set': `server { listen 8080; set $s0 $arg_x;
${each((link) => `set $s${link + 1} $s${link};`)}
location / { resolver 10.0.0.1; proxy_pass http://$s${links}; } }`,
};

test.each(Object.entries(nginx))('%s: a client chooses the host', async (_, text) => {
  const { findings } = await lintText(text, { path: 'a.conf' });
  expect(findings.map(({ rule }) => rule)).toContain('ssrf');
});

const quiet: Record<string, string> = {
  'maps in a circle': `${each((link) => `map $m${(link + 1) % links} $m${link} { default $m${(link + 1) % links}; }`)}
server { listen 8080; location / { return 302 http://$m0; } }`,
  'a variable that grows with each directive': `server { listen 8080; set $v a;
${each(() => 'set $v $v$arg_i;')}
location / { return 200 $v; } }`,
};

test.each(Object.entries(quiet))('%s', async (_, text) => {
  const before = process.cpuUsage();
  const { findings } = await lintText(text, { path: 'a.conf' });
  const { user } = process.cpuUsage(before);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(user).toBeLessThan(8_000_000);
});

const apache: Record<string, string> = {
  'Define after Define': `Define D0 a\n${each((link) => `Define D${link + 1} \${D${link}}`)}\nServerName \${D${links}}`,
  'macros that each use another twice': `<Macro M0>\nListen 80\n</Macro>\n${each(
    (link) => `<Macro M${link + 1}>\nUse M${link}\nUse M${link}\n</Macro>`,
  )}\nUse M${links}`,
  'parentheses in an expression': `<If "${'('.repeat(links)} true ${')'.repeat(links)}">\nRequire all granted\n</If>`,
  'a lookup in a lookup': `RewriteEngine on\nRewriteMap lc int:tolower\nRewriteRule ^/(.*)$ /${'${lc:'.repeat(links)}$1${'}'.repeat(links)}`,
  'SetEnvIf after SetEnvIf': `${each((link) => `SetEnvIf e${link} (.*) e${link + 1}=$1`)}\nRedirect / http://x/`,
  'sections in sections': `${'<IfModule mod_x.c>\n'.repeat(links)}Listen 80\n${'</IfModule>\n'.repeat(links)}`,
};

test.each([...Object.entries({ ...nginx, ...quiet }), ...Object.entries(apache)])(
  '%s: lint and trace end',
  (name, text) => {
    const type = name in apache ? 'apache' : 'nginx';
    const run = (...args: string[]): string => {
      const options = { input: text, encoding: 'utf8', stdio: 'pipe', timeout: 60_000 } as const;
      try {
        return execFileSync(
          process.execPath,
          ['dist/cli.cjs', ...args, '--type', type, '--format', 'json', '-'],
          options,
        );
      } catch (error) {
        const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
        if (status !== 1) throw new Error(stderr, { cause: error });
        return stdout;
      }
    };
    expect(JSON.parse(run())).toHaveProperty('findings');
    expect(JSON.parse(run('trace', 'GET', 'http://a.test:8080/a'))).toHaveProperty('traces');
  },
);

test('blank lines in front of a dump', () => {
  const before = process.cpuUsage();
  expect(isDump('\n \r\n'.repeat(20_000))).toBe(false);
  expect(isDump(`${'\n'.repeat(20_000)}# configuration file /etc/nginx/nginx.conf:\n`)).toBe(true);
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});
