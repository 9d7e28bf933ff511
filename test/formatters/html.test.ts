import { expect, test } from 'vitest';
import { markup } from '../../src/formatters/markup.ts';
import { groupBySite } from '../../src/formatters/html/group.ts';
import { formatHtml } from '../../src/formatters/html/page.ts';
import type { Report } from '../../src/formatters/report.ts';
import { OpenFile } from '../../src/lint/open-file.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { cpuTimeOf } from '../helpers/cpu-time.ts';
import { manySites } from '../helpers/many-sites.ts';

async function reportOn(path: string, files: Readonly<Record<string, string>>): Promise<Report> {
  const active = rules.filter(({ meta }) => meta.set === 'recommended').map((rule) => ({ rule }));
  const file = new OpenFile({ path, text: files[path]! }, { rules: active, files: memoryFiles(files) });
  const linted = await file.lint();
  const findings = linted.flatMap((each) => each.findings);
  return { version: '1.2.3', findings, files: 1, suppressed: 0, partial: [], rules, overviews: await file.overviews() };
}

test('a template escapes what it is given, in text and in attributes', () => {
  const evil = `"><img src=x onerror='1'>&\u202e`;
  const made = markup`<p title="${evil}">${evil}${[markup`<b>${1}</b>`, false, undefined, 'a']}</p>`.toString();
  const escaped = '&quot;&gt;&lt;img src=x onerror=&apos;1&apos;&gt;&amp;\\u{202e}';
  expect(made).toBe(`<p title="${escaped}">${escaped}<b>1</b>a</p>`);
});

test('a finding belongs to the site around it, or the only one that includes its file', async () => {
  const { findings, ...report } = await reportOn('/c/nginx.conf', {
    '/c/nginx.conf': `events {}
http {
  server { listen 80; server_name a; include one.inc; include both.inc; ssl_protocols TLSv1; }
  server { listen 81; server_name b; include both.inc; location / { proxy_pass http://127.0.0.1:1; } }
}
`,
    '/c/one.inc': 'location /one { proxy_pass http://127.0.0.1:1; }\n',
    '/c/both.inc': 'location /both { proxy_pass http://127.0.0.1:1; }\n',
  });
  const [config, ...others] = groupBySite({ ...report, findings });
  expect(others).toEqual([]);
  const filesBySite = config!.sites.map(({ site, findings: own }) => [
    site?.name,
    [...new Set(own.map(({ place }) => place.file.path))].sort(),
  ]);
  expect(filesBySite).toEqual([
    [undefined, expect.arrayContaining(['/c/both.inc'])],
    ['a', ['/c/nginx.conf', '/c/one.inc']],
    ['b', ['/c/nginx.conf']],
  ]);
  expect(config!.sites.flatMap(({ findings: own }) => own)).toHaveLength(findings.length);
});

test.each([
  [
    'httpd.conf',
    '<VirtualHost *:80>\nServerName a\nHeader set X-Outer 1\n<Location /app>\nRequestHeader set X-In 2\nProxyPass http://127.0.0.1:1/\n</Location>\n</VirtualHost>\n',
    ['Header set X-Outer 1', 'X-In:', '/app'],
  ],
  [
    'nginx.conf',
    'events {}\nhttp {\nserver { listen 80; server_name a; proxy_set_header X-Out 1; location /app { proxy_set_header X-In 2; add_header X-R 3; proxy_pass http://127.0.0.1:1/; } }\n}\n',
    ['add_header X-R 3', 'X-In:', 'set outside, and dropped here', 'X-Out'],
  ],
  [
    'sslh.cfg',
    'listen: ({ host: "0.0.0.0"; port: "443"; });\nprotocols: ( { name: "ssh"; host: "127.0.0.1"; port: "22"; } );\n',
    ['pass 127.0.0.1:22', '0.0.0.0:443'],
  ],
])('%s: the routes and the headers of each are there', async (path, text, parts) => {
  const page = formatHtml(await reportOn(path, { [path]: text }));
  for (const part of parts) expect(page).toContain(part);
  expect(page).toContain('<svg class="picture"');
});

test('a page without findings says so', async () => {
  const page = formatHtml({ ...(await reportOn('a.conf', { 'a.conf': 'events {}\n' })), findings: [] });
  expect(page).toContain('0 errors');
  expect(page).not.toContain('<article');
});

test('size and time grow as the number of sites', async () => {
  const [small, large] = [
    await reportOn('nginx.conf', { 'nginx.conf': manySites(80) }),
    await reportOn('nginx.conf', { 'nginx.conf': manySites(320) }),
  ];
  let sizes: number[] = [];
  const times = await Promise.all(
    [small, large].map(async (report) => {
      formatHtml(report);
      return cpuTimeOf(() => sizes.push(formatHtml(report).length));
    }),
  );
  sizes = sizes.sort((a, b) => a - b);
  expect(sizes[1]! / sizes[0]!).toBeLessThan(4.5);
  expect(times[1]! / times[0]!).toBeLessThan(8);
});
