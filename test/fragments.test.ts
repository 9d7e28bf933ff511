/** What a fragment can only be, by what it holds. */
import { expect, test } from 'vitest';
import { lintText } from '../src/lint/text.ts';

const found = async (text: string, path = 'site.conf'): Promise<string[]> =>
  (await lintText(text, { path })).findings.map(
    ({ rule, severity, place }) => `${place.file.positionAt(place.start).line} ${rule} ${severity}`,
  );

test.each([
  ['$remote_adr', '1 unknown-variable warning'],
  ['$hosst', '1 unknown-variable warning'],
])('%s is nearly a built-in variable', async (name, finding) => {
  expect(await found(`add_header X-A ${name};`)).toContain(finding);
});

test.each(['$remote_addr', '$hosts', '$host2', '$backend', '$my_remote_adr'])(
  '%s may be defined elsewhere',
  async (name) => {
    expect((await found(`add_header X-A ${name};`)).join()).not.toContain('unknown-variable');
  },
);

test('a name that the fragment defines is none that is misspelled', async () => {
  expect((await found('set $remote_adr 1;\nadd_header X-A $remote_adr;')).join()).not.toContain('unknown-variable');
});

test.each([
  ['an if of a location', 'if ($bad) { proxy_pass http://127.0.0.1:1; }'],
  ['the inside of a stream server', 'proxy_pass 127.0.0.1:9000;\nproxy_timeout 3s;'],
  ['a server of stream', 'server { listen 2222; proxy_pass 127.0.0.1:22; }'],
  ['a server of mail', 'server { listen 25; protocol smtp; }'],
])('%s is taken for one', async (_, text) => {
  expect((await found(text)).filter((line) => line.endsWith('error'))).toEqual([]);
});

test('what stands beside a server stands in http', async () => {
  const server = 'server { listen 80; root /srv/a; }';
  expect(await found(`autoindex on;\n${server}`)).toContain('1 directory-listing warning');
  expect((await found('autoindex on;')).join()).not.toContain('directory-listing');
});

test('stream has no redirects and no headers', async () => {
  const server = 'server { listen 8098 ssl; ssl_preread on; return $ssl_server_name; }';
  for (const text of [server, `events {}\nstream { ${server} }`])
    expect((await found(text)).join()).not.toMatch(/redirect|splitting/);
});

test('<RequireAll> outside of a section is refused, whatever stands in it', async () => {
  const text = 'Alias /repo/ /tmp/\n<RequireAll>\nRequire all granted\nRequire ip 10\n</RequireAll>\n';
  expect((await found(text)).filter((line) => line.endsWith('error'))).toEqual(['2 directive-context error']);
});

test('the first rule of a fragment may have conditions elsewhere', async () => {
  const rules =
    'RewriteRule /hub/(.*) http://b:1/hub/$1 [P,L]\nRewriteRule /hub/api/(.*) http://b:2/hub/api/$1 [P,L]\n';
  expect((await found(rules)).join()).not.toContain('unreachable-location');
  expect((await found(`RewriteEngine On\n${rules}`)).join()).toContain('unreachable-location');
});
