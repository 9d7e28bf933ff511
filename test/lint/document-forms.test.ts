import { expect, test } from 'vitest';
import { lintText } from '../../src/lint/text.ts';

const rulesOf = async (code: string): Promise<string[]> => {
  const { findings } = await lintText(`\`\`\`nginx\n${code}\n\`\`\`\n`, { path: 'guide.md' });
  return findings.filter(({ category }) => category === 'syntax').map(({ rule, severity }) => `${rule} ${severity}`);
};

test.each([
  ['lines that are alternatives', 'listen 443 ssl;\nlisten 443 ssl backlog=64;'],
  [
    'targets that are alternatives',
    '# on the host\nproxy_pass http://127.0.0.1:80;\n# in a container\nproxy_pass http://app:80;',
  ],
  [
    'locations that are alternatives',
    'location /a/ {\n proxy_pass http://b;\n}\nlocation /a/ {\n proxy_pass http://b/;\n}',
  ],
])('a document may show %s', async (_, code) => {
  expect(await rulesOf(code)).toEqual([]);
});

test('within a block of a document the same is a mistake', async () => {
  expect(
    await rulesOf('server {\n listen 80;\n location /a/ { return 204; }\n location /a/ { return 404; }\n}'),
  ).toEqual(['duplicate-location error']);
});

test('a document may end before a block does', async () => {
  const code = 'server {\n listen 80;\n location / {\n  return 204;\n }\n';
  expect(await rulesOf(code)).toEqual(['unclosed-block info']);
});
