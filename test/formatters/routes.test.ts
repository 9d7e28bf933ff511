import { expect, test } from 'vitest';
import { cpuTimeOf } from '../helpers/cpu-time.ts';
import { manySites } from '../helpers/many-sites.ts';
import { formatRoutesAsSvg } from '../../src/formatters/routes-svg.ts';
import { formatRoutesAsJson, formatRoutesAsMermaid, formatRoutesAsTable } from '../../src/formatters/routes-text.ts';
import { layoutRoutes } from '../../src/formatters/picture/routes-layout.ts';
import { lower } from '../../src/servers/index.ts';
import { findConfigs, readConfig } from '../../src/lint/read.ts';
import { routingTable, type RoutingTable } from '../../src/model/routing-table.ts';

async function tableOf(text: string): Promise<RoutingTable> {
  const [found] = await findConfigs('site.conf', text);
  const config = await readConfig(found!, {});
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
  expect(formatRoutesAsSvg([table])).toContain('&lt;\\x1b&gt;');
  expect(JSON.parse(formatRoutesAsJson([table], '1.0.0'))).toMatchObject({
    schemaVersion: 1,
    configs: [{ file: 'site.conf' }],
  });
});

test('a picture is in the order of the config, under the listeners, and no box lies on another one', async () => {
  const { headings, boxes, arrows } = layoutRoutes([await tableOf(manySites(30))]);
  expect(headings.map(({ text }) => text)).toEqual(['site.conf', '*:80 (10 hosts)', '*:443 tls (20 hosts)']);
  const hosts = boxes
    .filter(({ kind }) => kind === 'host')
    .map(({ box }) => box.lines[0]!.replace(/^\* /, '').split(' ')[0]);
  const indexes = Array.from({ length: 30 }, (_, index) => index);
  const inOrder = [...indexes.filter((index) => index % 3 === 0), ...indexes.filter((index) => index % 3 !== 0)];
  expect(hosts).toEqual(inOrder.map((index) => `host-${index}.example.com`));
  const columns = new Set(boxes.map(({ x }) => x));
  expect(columns.size).toBe(4);
  for (const x of columns) {
    const column = boxes.filter((each) => each.x === x).sort((a, b) => a.y - b.y);
    for (const [index, { y, box }] of column.slice(0, -1).entries())
      expect(y + box.height).toBeLessThanOrEqual(column[index + 1]!.y);
  }
  expect(arrows.length).toBe(30 * (5 + 5 + 1));
});

test('routes of a host that do the same lead to one box', async () => {
  const { boxes } = layoutRoutes([
    await tableOf(
      `server { listen 80; location /a { proxy_pass http://b; } location /x { return 404; } location /c { proxy_pass http://b; } }`,
    ),
  ]);
  expect(boxes.map(({ kind, box }) => [kind, ...box.lines])).toEqual([
    ['host', '* (any)'],
    ['match', '/a'],
    ['match', '/c'],
    ['proxy', 'proxy http://b'],
    ['match', '/x'],
    ['deny', 'return 404'],
  ]);
});

test('3,000 hosts are drawn in less than two seconds', async () => {
  const table = await tableOf(manySites(3000));
  expect(await cpuTimeOf(() => formatRoutesAsSvg([table]))).toBeLessThan(2000);
  expect(await cpuTimeOf(() => formatRoutesAsMermaid([table]))).toBeLessThan(2000);
});

test('a chart for Mermaid has a frame for each set of listeners', async () => {
  const text = formatRoutesAsMermaid([await tableOf(manySites(3))]);
  expect(text.match(/subgraph .*/g)).toEqual(['subgraph g0["*:80"]', 'subgraph g1["*:443 tls"]']);
  expect(text.match(/^ {2}end$/gm)).toHaveLength(2);
  expect(text.match(/\["proxy http:\/\/pool"\]/g)).toHaveLength(1);
});
