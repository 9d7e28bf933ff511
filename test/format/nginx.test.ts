/** How nginx configs are laid out. */
import { expect, test } from 'vitest';

import { formatText, type FormatSettings } from '../../src/format/format-text.ts';
import { formatted } from '../helpers/format.ts';

const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const nginx = (text: string, settings: FormatSettings = {}): Promise<string> =>
  formatted('site.conf', text, { dialect: 'nginx', ...settings });

test('one directive a line, blocks that were on several lines with braces of their own', async () => {
  const text = 'server{listen 80;server_name a ;\nlocation /a {\n return 204;} location /b { return 204; } }';
  expect(await nginx(text)).toBe(
    lines(
      'server {',
      ' listen 80;',
      ' server_name a;',
      ' location /a {',
      '  return 204;',
      ' }',
      ' location /b { return 204; }',
      '}',
    ),
  );
});

test('short blocks on one line stay, long ones do not', async () => {
  const short = 'location = /x { return 204; }\ntypes {}\nmap $a $b { default 0; x 1; }\n';
  expect(await nginx(short)).toBe(short);
  const long = `location /x { add_header A "${'a'.repeat(80)}"; add_header B b; return 204; }\n`;
  expect(await nginx(long)).toBe(
    lines('location /x {', `    add_header A "${'a'.repeat(80)}";`, '    add_header B b;', '    return 204;', '}'),
  );
});

test('the indentation is that of most of the file, else four blanks', async () => {
  expect(await nginx('http {\n  server {\n    listen 80;\n       root /a;\n  }\n}\n')).toBe(
    'http {\n  server {\n    listen 80;\n    root /a;\n  }\n}\n',
  );
  expect(await nginx('http {\n\tserver {\n\t\tlisten 80;\n    root /a;\n}\n}\n')).toBe(
    'http {\n\tserver {\n\t\tlisten 80;\n\t\troot /a;\n\t}\n}\n',
  );
  expect(await nginx('http {\nserver {\nlisten 80;\n}\n}\n')).toBe(
    'http {\n    server {\n        listen 80;\n    }\n}\n',
  );
  expect(await nginx('http {\n  gzip on;\n}\n', { options: { indent: 'tab' } })).toBe('http {\n\tgzip on;\n}\n');
  expect(await nginx('http {\n  gzip on;\n}\n', { options: { indent: 3 } })).toBe('http {\n   gzip on;\n}\n');
});

test('comments: on lines of their own, behind directives, between arguments, of former code', async () => {
  const text = lines(
    'server { # first',
    '    listen 80;#second',
    '  # third',
    '    listen   # why',
    '             443',
    '             ssl;',
    '#    location / {',
    '#        return 204;',
    '#    }',
    '    root /a;    # begins here',
    '                # and goes on',
    '} # last',
  );
  expect(await nginx(text)).toBe(
    lines(
      'server { # first',
      '    listen 80; #second',
      '    # third',
      '    listen   # why',
      '             443',
      '             ssl;',
      '#    location / {',
      '#        return 204;',
      '#    }',
      '    root /a;    # begins here',
      '                # and goes on',
      '} # last',
    ),
  );
});

test('columns that lines share stay, other blanks between words become one', async () => {
  const text = lines(
    'location / {',
    '    proxy_set_header  Host             $host;',
    '    proxy_set_header  X-Real-IP        $remote_addr;',
    '    proxy_read_timeout   5s;',
    '}',
    'location = /a        { return 204; }',
    'location = /longer   { return 204; }',
  );
  expect(await nginx(text)).toBe(text.replace('timeout   5s', 'timeout 5s'));
  expect(await nginx(text, { options: { alignment: 'remove' } })).toBe(text.replace(/(?<=\S) +/g, ' '));
});

test('values over several lines stay as they were written, below their directive', async () => {
  const text = lines(
    'http {',
    "      log_format main   '$remote_addr; '",
    "                        '{$request}'",
    '                        ;',
    "  log_format other 'a'",
    "'b';",
    '}',
  );
  expect(await nginx(text, { options: { indent: 4 } })).toBe(
    lines(
      'http {',
      "    log_format main   '$remote_addr; '",
      "                      '{$request}'",
      '                      ;',
      "    log_format other 'a'",
      "        'b';",
      '}',
    ),
  );
});

test('what stands in quotes and in blocks of Lua is left alone', async () => {
  const lua = ['    content_by_lua_block {', 'local t = { "}" } --  }  ;', '   ngx.say([[ a', '  b ]])', '  '].join(
    '\n',
  );
  const text = `location / {\n${lua}}\n  sub_filter "a;  {" 'b  }\n   c' ;\n}\n`;
  expect(await nginx(text, { options: { indent: 4 } })).toBe(
    `location / {\n${lua.slice(0, -2)}    }\n    sub_filter "a;  {" 'b  }\n   c';\n}\n`,
  );
  const short = 'location / {\n    content_by_lua_block { ngx.say("a;b") }\n}\n';
  expect(await nginx(short)).toBe(short);
});

test('a backslash, a dollar and a brace in a word are no syntax', async () => {
  const text = 'location ~ ^/a\\ b\\;$ { return 204; }\nrewrite "^/(\\d{2});$" /$1${a}x break;\nset $x a\\\\;\n';
  expect(await nginx(text)).toBe(text);
});

test('the opening brace stays on its line, or is taken up', async () => {
  const text = 'server\n  {\n    listen 80;\n}\nserver # a\n{\n}\n';
  expect(await nginx(text)).toBe('server\n{\n    listen 80;\n}\nserver # a\n{\n}\n');
  expect(await nginx(text, { options: { openingBrace: 'same-line' } })).toBe(
    'server {\n    listen 80;\n}\nserver # a\n{\n}\n',
  );
});

test('blank lines are kept up to a number, at the ends of the file not at all', async () => {
  const text = '\n\nuser a;\n\n\n\n\npid b;\n\nevents {\n\n}\n\n\n';
  expect(await nginx(text)).toBe('user a;\n\n\npid b;\n\nevents {\n\n}\n');
  expect(await nginx(text, { options: { blankLines: 0 } })).toBe('user a;\npid b;\nevents {\n}\n');
});

test('line ends and the end of the file', async () => {
  const text = 'user a; \r\npid b;daemon on;\r\nevents {}';
  expect(await nginx(text)).toBe('user a;\r\npid b;\r\ndaemon on;\r\nevents {}\r\n');
  expect(await nginx(text, { options: { lineEndings: 'lf', finalNewline: false } })).toBe(
    'user a;\npid b;\ndaemon on;\nevents {}',
  );
  expect(await nginx('user a;\npid b;\n', { options: { lineEndings: 'crlf' } })).toBe('user a;\r\npid b;\r\n');
});

test('fmt: off and on', async () => {
  const text = 'server {\n    listen 80;\n# fmt: off\n  root   /a;\n location / {  }\n# fmt: on\n  index   b;\n}\n';
  const expected = text.replace('  index   b', '    index b');
  expect(await nginx(text, { options: { indent: 4 } })).toBe(expected);
});

test('a range takes the directives that it touches as a whole', async () => {
  const text = "http {\n  gzip   on;\n log_format x   'a'\n     'b';\n etag   on;\n}\n";
  const range = { start: 4, end: 4 };
  expect(await nginx(text, { range, options: { indent: 4 } })).toBe(
    "http {\n  gzip   on;\n    log_format x   'a'\n        'b';\n etag   on;\n}\n",
  );
  expect((await formatText('a.conf', text, { dialect: 'nginx', range: { start: 90, end: 99 } })).edits).toEqual([]);
});

test('edits are those of the text', async () => {
  const text = 'user  a;\nevents { }\n';
  const result = await formatText('nginx.conf', text);
  expect(result.edits).toEqual([{ start: 4, end: 6, text: ' ' }]);
  expect(result.text).toBe('user a;\nevents { }\n');
});

test.each([
  ['server {\n    listen 80;\n', 1, '"server" is never closed.'],
  ['server {\n    listen 80\n}\n', 2, '";" is missing behind "listen".'],
  ['}\nlisten 80;\n', 1, '"}" closes nothing.'],
  ['server_name "a;\n', 1, 'This quote is never closed.'],
])('%j is left as it is', async (text, line, message) => {
  const result = await formatText('a.conf', text, { dialect: 'nginx' });
  expect(result).toMatchObject({ text, edits: [], faults: [{ line, message }] });
});

test('what nginx -T printed is left as it is', async () => {
  const text = '# configuration file /etc/nginx/nginx.conf:\nuser   a;\nevents {}\n\n';
  const result = await formatText('dump.conf', text);
  expect(result.text).toBe(text);
  expect(result.faults).toMatchObject([{ message: expect.stringContaining('nginx -T') }]);
});

test('options that do not exist', async () => {
  const wrong = (options: object): Promise<unknown> => formatText('a.conf', 'user a;', { options });
  await expect(wrong({ ident: 2 })).rejects.toThrow('"ident" is not one of indent, blankLines');
  await expect(wrong({ indent: 99 })).rejects.toThrow('format.indent: 99');
});

test('a directive that runs into a block for want of a semicolon is told, and nothing is laid out', async () => {
  const text = 'server {\n  root /srv/a\n\n  # files\n  location / {\n  try_files $uri =404;\n  }\n}\n';
  const { edits, faults } = await formatText('site.conf', text, { dialect: 'nginx' });
  expect(edits).toEqual([]);
  expect(faults).toMatchObject([{ line: 5, column: 3, message: '";" is missing before "location".' }]);
  const listen = 'server {\n    listen 443\n        ssl;\n}\n';
  expect(await nginx(listen)).toBe(listen);
});
