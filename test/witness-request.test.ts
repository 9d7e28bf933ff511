/** The request of a finding names scheme, host and port of its virtual host. */
import { expect, test } from 'vitest';

import encodedSlashes from '../src/rules/files/encoded-slashes.ts';
import type { Rule } from '../src/rules/define-rule.ts';
import mergeSlashes from '../src/rules/files/merge-slashes-off.ts';
import { lint } from './helpers/lint.ts';

const merge = { id: 'merge-slashes-off', category: 'files', ...mergeSlashes } as unknown as Rule;
const encoded = { id: 'encoded-slashes', category: 'files', ...encodedSlashes } as unknown as Rule;

async function witnesses(dialect: 'nginx' | 'apache', text: string): Promise<(string | undefined)[]> {
  const { findings } = await lint({ path: 'a.conf', dialect, text }, [{ rule: merge }, { rule: encoded }]);
  return findings.map(({ witness }) => /'(.*)'/.exec(witness ?? '')?.[1]);
}

test.each([
  ['listen 80; server_name a.example.org b.example.org;', 'http://a.example.org/app//admin'],
  ['listen 8080; server_name a.example.org;', 'http://a.example.org:8080/app//admin'],
  ['listen 443 ssl; server_name a.example.org;', 'https://a.example.org/app//admin'],
  ['listen 8443 ssl; server_name a.example.org;', 'https://a.example.org:8443/app//admin'],
  ['listen 443 ssl; listen 80; server_name a.example.org;', 'http://a.example.org/app//admin'],
  ['listen 127.0.0.1:8080;', 'http://127.0.0.1:8080/app//admin'],
  ['listen [::1]:8080;', 'http://[::1]:8080/app//admin'],
  // Nothing tells a name, or a way to the server.
  ['listen 80; server_name ~^a;', 'http://host/app//admin'],
  ['listen unix:/run/n.sock; server_name a.example.org;', 'http://host/app//admin'],
  ['listen 80 proxy_protocol; server_name a.example.org;', 'http://host/app//admin'],
])('nginx: server { %s }', async (settings, url) => {
  const other = 'server { listen 81; server_name other.example.org; }';
  expect(await witnesses('nginx', `${other} server { ${settings} merge_slashes off; } ${other}`)).toEqual([url]);
});

test('httpd', async () => {
  const host = (port: number, name: string, tls = ''): string =>
    `<VirtualHost *:${port}>\nServerName ${name}\n${tls}\nAllowEncodedSlashes NoDecode\n<Location />\nProxyPass http://127.0.0.1/\n</Location>\n</VirtualHost>\n`;
  expect(await witnesses('apache', host(8080, 'a.example.org') + host(443, 'b.example.org', 'SSLEngine on'))).toEqual([
    'http://a.example.org:8080/a%2Fb',
    'https://b.example.org/a%2Fb',
  ]);
});
