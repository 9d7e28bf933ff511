/** Documents and templates: what is around a config, and in it, stays. */
import { expect, test } from 'vitest';

import { formatText } from '../../src/format/format-text.ts';
import { formatted } from '../helpers/format.ts';

test('the blocks of a document, at the indentation that they have there', async () => {
  const text = [
    '# Title  ',
    '',
    '1. Write:',
    '',
    '   ```nginx',
    '',
    '   server {',
    '     listen 80;',
    '       root    /a;  ',
    '   }',
    '   ```',
    '',
    '```',
    'server {',
    '  ...',
    '```',
    '',
    '```sh',
    'cat > /etc/nginx/conf.d/a.conf <<EOF',
    'server {',
    '  listen   80;',
    '      root /a;',
    '}',
    'EOF',
    '```',
    '',
  ].join('\n');
  const result = await formatText('readme.md', text);
  const expected = text
    .replace('       root    /a;  ', '     root /a;')
    .replace('  listen   80;\n      root /a;', '  listen 80;\n  root /a;');
  expect(result.text).toBe(expected);
  expect(result.faults).toMatchObject([{ line: 14, isInDocument: true }]);
  expect((await formatText('readme.md', expected)).edits).toEqual([]);
});

test('tags of templates stay where they are, and so does what stands between them', async () => {
  const text = [
    'server {',
    '{% if tls %}',
    '      listen {{ port }} ssl;',
    '{% else %}',
    '  listen 80  ;',
    '{% endif %}',
    '  root    /a;',
    '{{ more }}',
    '    {{- include "a" . | indent 4 }}',
    '      index {{ a }}   b;',
    '}',
    '',
  ].join('\n');
  const expected = text
    .replace('  root    /a', '    root /a')
    .replace('      index {{ a }}   b', '    index {{ a }} b');
  expect(await formatted('site.conf.j2', text, { options: { indent: 4 } })).toBe(expected);
});

test('tags of ERB', async () => {
  const text = '<VirtualHost *:80>\n<% if @a -%>\nServerName <%= @a %>\n<% end -%>\n  ServerAlias b\n</VirtualHost>\n';
  expect(await formatted('vhost.conf.erb', text)).toBe(text);
});
