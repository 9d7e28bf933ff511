/** What the pages of applications show is right: nothing is found in it but what is a matter of circumstances. */
import { expect, test } from 'vitest';

import { apacheExample } from '../../scripts/gen/application-examples/apache.ts';
import { nginxExample } from '../../scripts/gen/application-examples/nginx.ts';
import { applications } from '../../src/facts/applications/catalogue.gen.ts';
import { lintText } from '../../src/lint/text.ts';

const examples = applications.flatMap((application) => [
  [application.id, 'nginx', nginxExample(application)] as const,
  [application.id, 'apache', apacheExample(application)] as const,
]);

test.each(examples)('%s for %s', async (_, dialect, text) => {
  const { findings, failures } = await lintText(text, { path: 'site.conf', dialect });
  expect(failures).toEqual([]);
  const wrong = findings.filter(({ category, severity }) => category === 'applications' || severity !== 'info');
  expect(wrong.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});

/** The same with everything left out that a contract asks for: what it asks for is seen. */
test('bare configs have findings', async () => {
  let found = 0;
  for (const { id, ports } of applications) {
    const port = ports.find(({ scheme }) => scheme === 'http')?.port ?? 8080;
    const text = `# proxylint-application: ${id}\nhttp {\n server {\n  listen 8443 ssl;\n  server_name a.example.org;\n  location / {\n   proxy_pass http://127.0.0.1:${port}/;\n   proxy_set_header Host $host;\n  }\n }\n}\n`;
    const { findings } = await lintText(text, { path: 'site.conf', dialect: 'nginx' });
    if (findings.some(({ category }) => category === 'applications')) found++;
  }
  expect(found).toBeGreaterThan(80);
});
