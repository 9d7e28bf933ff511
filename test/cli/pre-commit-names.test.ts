/** Which files of a repository the hooks for pre-commit are given. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { id: string; files?: string }[];
const [lint, fmt] = ['proxylint', 'proxylint-fmt'].map((id) => hooks.find((hook) => hook.id === id)!.files!);
// Python's `(?x)`: white space is none of the pattern.
const pattern = new RegExp(lint!.replace('(?x)', '').replace(/\s+/g, ''));

const inside = new RegExp(
  hooks
    .find(({ id }) => id === 'proxylint-embedded')!
    .files!.replace('(?x)', '')
    .replace(/\s+/g, ''),
);

test.each([
  'charts/web/templates/configmap.yaml',
  'site.yml.j2',
  'setup.sh',
  'nginx/Dockerfile',
  'Dockerfile.prod',
  'web.dockerfile',
  'machine.nix',
  'main.tf',
  'manifests/site.pp',
])('%s may hold one', (name) => {
  expect(name).toMatch(inside);
});

test.each(['nginx.conf', 'README.md', 'src/yaml.ts', 'package.json'])('%s holds none', (name) => {
  expect(name).not.toMatch(inside);
});

test('both hooks are given the same files', () => {
  expect(fmt).toBe(lint);
});

test.each([
  'nginx.conf',
  'deploy/site.conf.j2',
  'etc/nginx/sites-available/default',
  'etc/apache2/mods-enabled/ssl.load',
  'apache/conf-available/security',
  'nginx.tmpl',
  'templates/nginx-proxy.conf.tftpl',
  'roles/web/templates/vhost.jinja2',
  'nginx/app.conf.dist',
  'nginx/snippets/ssl.inc',
  'conf/site.conf.sample',
  'apache/site.vhost',
  'sslh.cfg',
  'public/.htaccess',
  'public/.htaccess.dist',
  'chart/nginx.conf.gotmpl',
  'views/nginx.hbs',
])('%s is one', (name) => {
  expect(name).toMatch(pattern);
});

test.each([
  'README.md',
  'src/nginx.ts',
  'config.yaml',
  'sites-available.md',
  'nginx/Dockerfile',
  'app.inc.php',
  'x.config.js',
])('%s is none', (name) => {
  expect(name).not.toMatch(pattern);
});
