import { expect, test } from 'vitest';
import { formatRoutesAsSvg } from '../../src/formatters/routes-svg.ts';
import { formatRoutesAsJson, formatRoutesAsMermaid, formatRoutesAsTable } from '../../src/formatters/routes-text.ts';
import { lower } from '../../src/servers/index.ts';
import { findConfigs, readConfig } from '../../src/lint/read.ts';
import { routingTable, type RoutingTable } from '../../src/model/routing-table.ts';

async function tableOf(text: string): Promise<RoutingTable> {
  const config = await readConfig(findConfigs('site.conf', text)[0]!, {});
  return routingTable(lower(config, {}), 'site.conf');
}

const nginx = `upstream app { server 10.0.0.1:80; server 10.0.0.2:80; }
server { listen 443 ssl; server_name a.test; deny all;
  location = /x { return 410; }
  location ~* "<\u001b>" { proxy_pass http://app; } }
`;

test('a row says who answers what, how, and for whom', async () => {
  const { rows } = await tableOf(nginx);
  expect(rows.map(({ host, match, action, upstream, access }) => [host, match, action, upstream, access])).toEqual([
    ['a.test', '(all)', 'deny', [], 'deny all'],
    ['a.test', '= /x', 'return 410', [], 'deny all'],
    ['a.test', '~* <\u001b>', 'proxy http://app', ['10.0.0.1:80', '10.0.0.2:80'], 'deny all'],
  ]);
  expect(rows[0]!.listeners).toEqual(['*:443 tls']);
});

test('httpd has the same table', async () => {
  const { rows } = await tableOf(`<VirtualHost *:80>
ServerName a.test
ProxyPass /app http://127.0.0.1:9000/
Redirect 301 /old /new
</VirtualHost>
`);
  expect(rows.map(({ host, match, action }) => [host, match, action])).toEqual([
    ['a.test', '/app', 'proxy http://127.0.0.1:9000/'],
    ['a.test', '/old', 'redirect 301 /new'],
  ]);
});

test('no control character of the config reaches a picture or the terminal', async () => {
  const table = await tableOf(nginx);
  for (const format of [formatRoutesAsTable, formatRoutesAsMermaid, formatRoutesAsSvg]) {
    expect(format([table])).not.toContain('\u001b');
  }
  expect(formatRoutesAsSvg([table])).toContain('&#60;\\x1b&#62;');
  expect(JSON.parse(formatRoutesAsJson([table], '1.0.0'))).toMatchObject({
    schemaVersion: 1,
    configs: [{ file: 'site.conf' }],
  });
});
