/** How configs of httpd are laid out. */
import { expect, test } from 'vitest';

import type { FormatSettings } from '../../src/format/format-text.ts';
import { formatted } from '../helpers/format.ts';

const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const apache = (text: string, settings: FormatSettings = {}): Promise<string> =>
  formatted('httpd.conf', text, { dialect: 'apache', ...settings });

test('sections are indented, white space within lines stays but behind the name', async () => {
  const text = lines(
    '<VirtualHost  *:80 >',
    '  ServerName   a.example  ',
    '<Directory "/srv/a  b">',
    'Header set X "a  b"    env=c',
    '  </Directory>',
    '    # a comment',
    '</VirtualHost>',
  );
  expect(await apache(text)).toBe(
    lines(
      '<VirtualHost  *:80 >',
      '  ServerName a.example',
      '  <Directory "/srv/a  b">',
      '    Header set X "a  b"    env=c',
      '  </Directory>',
      '  # a comment',
      '</VirtualHost>',
    ),
  );
});

test('columns that lines share stay', async () => {
  const text = 'ServerName   a\nServerAlias  b\nServerAdmin   c\n';
  expect(await apache(text)).toBe('ServerName   a\nServerAlias  b\nServerAdmin c\n');
});

test('continued lines stay continued, below their directive', async () => {
  const text = lines(
    '<Location />',
    'RewriteCond %{HTTP_HOST} \\',
    '      ^a$ \\',
    '      [OR]',
    '# a comment \\',
    '   that goes on',
    'ErrorDocument 404 "a  \\',
    'b"',
    'ErrorDocument 403 \\',
    '   text',
    '</Location>',
  );
  expect(await apache(text)).toBe(
    lines(
      '<Location />',
      '    RewriteCond %{HTTP_HOST} \\',
      '          ^a$ \\',
      '          [OR]',
      '    # a comment \\',
      '   that goes on',
      '    ErrorDocument 404 "a  \\',
      'b"',
      '    ErrorDocument 403 \\',
      '   text',
      '</Location>',
    ),
  );
});

test('a backslash at the end of a line, with blanks behind it, does not come to continue the line', async () => {
  const text = 'ServerAdmin a\\ \nServerName b\n# c\\ \n\n\n\n\nServerRoot /a\n';
  expect(await apache(text)).toBe(text);
});

test('the content of IfModule is indented where most of the file does it', async () => {
  const flat = '<IfModule mod_ssl.c>\n<VirtualHost *:443>\n    SSLEngine on\n  </VirtualHost>\n</IfModule>\n';
  expect(await apache(flat)).toBe(flat.replace('  </V', '</V'));
  const indented = flat.replace('<VirtualHost', '    <VirtualHost').replace('    SSL', '        SSL');
  const always = indented.replace('  </V', '    </V');
  expect(await apache(indented)).toBe(always);
  expect(await apache(flat, { options: { indentConditions: true } })).toBe(always);
  expect(await apache(indented, { options: { indentConditions: false } })).toBe(flat.replace('  </V', '</V'));
});

test('names keep their case', async () => {
  const text = '<virtualhost *:80>\n    SERVERNAME a\n</VirtualHost>\n';
  expect(await apache(text)).toBe(text);
});

test('a line end that would say something is not added', async () => {
  // httpd does not read a last line without line end where a macro was used before.
  const text = '<Macro m>\n    ServerName a\n</Macro>\nUse m\nServerAdmin b';
  expect(await apache(text)).toBe(text);
  const quote = 'ServerAdmin "a\nServerName b';
  expect(await apache(quote, { options: { lineEndings: 'crlf' } })).toBe(quote);
});
