/** The claims about what values can hold were seen on nginx 1.22.1 with requests that carry %0a, %0d and base64. */
import { describe, expect, test } from 'vitest';

import { variablesOf } from '../../../src/servers/nginx/meaning/variables.ts';
import { clientBreaksLines, clientChooses, type ValueSource } from '../../../src/servers/nginx/meaning/value-source.ts';
import { captureGroups, matchesLineBreak } from '../../../src/regex/captures.ts';
import type { Directive } from '../../../src/syntax/tree.ts';
import { walk } from '../../../src/syntax/walk.ts';
import { configOf } from '../../helpers/lint.ts';

/** The source of the last argument of the first `return` in the text. */
async function sourceIn(text: string): Promise<ValueSource> {
  const config = await configOf({ path: 'nginx.conf', text, dialect: 'nginx', level: 'http' });
  const returns: Directive[] = [];
  walk(config.file.root, (directive) => {
    if (directive.key === 'return') returns.push(directive);
  });
  return variablesOf(config).sourceOf(returns[0]!.args.at(-1)!.value, returns[0]!);
}

describe('the source of a value', () => {
  test.each([
    ['plain text', 'server', 'fixed'],
    ['$scheme://$server_name', 'server', 'visible'],
    ['http://$host$request_uri', 'client', 'visible'],
    ['$http_x_any', 'client', 'line'],
    ['$arg_next', 'client', 'visible'],
    ['${uri}', 'client', 'any'],
    ['$remote_user', 'client', 'any'],
    ['$upstream_http_location', 'backend', 'line'],
    ['$scheme $upstream_http_x $args', 'client', 'visible'],
    ['$made_by_some_module', 'unknown', 'unknown'],
  ])('of built-in variables: %s', async (text, control, charset) => {
    expect(await sourceIn(`server { return 200 "${text}"; }`)).toMatchObject({ control, charset });
  });

  test('follows set and map, and names the way', async () => {
    const source = await sourceIn(`
      map $arg_a $b { default $c; x y; }
      map $host $c { default $uri; }
      server { set $d "<$b>"; location / { return 200 $d; } }
      server { set $d safe; }`);
    expect(source).toMatchObject({ control: 'client', charset: 'any', clientVariables: ['uri'] });
    expect(source.through.map(({ key }) => key)).toEqual(['set', 'map', 'map']);
    expect([clientChooses(source), clientBreaksLines(source)]).toEqual([true, true]);
  });

  test('of a map to fixed values is not the client, who only picks', async () => {
    const source = await sourceIn('map $arg_a $b { default x; ~^(.*)$ y; } server { return 200 $b; }');
    expect(source).toMatchObject({ control: 'server', charset: 'fixed' });
  });

  test('of a map with an include that was not read is unknown', async () => {
    const source = await sourceIn('map $arg_a $b { include values.map; } server { return 200 $b; }');
    expect([source.control, clientChooses(source)]).toEqual(['unknown', false]);
  });

  test.each([
    ['location ~ ^/a/(.*)$ { return 200 $1; }', 'carriage-return'],
    ['location ~ ^/b/([^/]*)$ { return 200 $1; }', 'any'],
    ['location ~ ^/c/(\\S*)$ { return 200 $1; }', 'line'],
    ['location ~ ^/d/(?<id>\\w+) { return 200 $id; }', 'name'],
    ['location / { if ($request_uri ~ ^/(.*)$) { return 200 $1; } }', 'visible'],
    ['server_name ~^(?<sub>.+)\\.x$; location / { return 200 $sub; }', 'visible'],
  ])('of captures is as wide as the group: %s', async (inner, charset) => {
    expect(await sourceIn(`server { ${inner} }`)).toMatchObject({ control: 'client', charset });
  });

  test('of a capture that no regular expression makes is unknown', async () => {
    expect((await sourceIn('server { location / { return 200 $1; } }')).control).toBe('unknown');
  });

  test('ends where definitions lead back to themselves, and is quick on long chains', async () => {
    expect(await sourceIn('server { set $a $b; set $b $a$uri; return 200 $a; }')).toMatchObject({ control: 'client' });
    const chain = Array.from({ length: 60 }, (_, index) => `set $v${index} $v${index + 1}$v${index + 1};`).join(' ');
    expect(await sourceIn(`server { ${chain} set $v60 $uri; return 200 $v0; }`)).toMatchObject({ charset: 'any' });
  });
});

describe('capturing groups', () => {
  test('are counted by their opening parentheses', () => {
    const groups = captureGroups('^(a(?:b)(?<n>[(]c)\\()(?i)((?P<m>d)');
    expect(groups.map(({ number, name, text }) => [number, name, text])).toEqual([
      [1, undefined, 'a(?:b)(?<n>[(]c)\\('],
      [2, 'n', '[(]c'],
      [3, undefined, '(?P<m>d)'],
      [4, 'm', 'd'],
    ]);
  });

  test.each([
    ['.*', true],
    ['[^/]+', true],
    ['[^\\r\\n]+', false],
    ['[^\\s/]+', false],
    ['[[:space:]a]', true],
    ['[^[:space:]]', false],
    ['\\W', true],
    ['[a-z0-9._-]+', false],
    ['\\.[a-z]+\\d', false],
  ])('%s can match a line break: %s', (text, expected) => {
    expect(matchesLineBreak(text)).toBe(expected);
  });
});
