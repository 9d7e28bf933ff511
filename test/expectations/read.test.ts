import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config/types.ts';
import { readExpectations } from '../../src/expectations/read.ts';

function mistakes(text: string): readonly string[] {
  try {
    readExpectations('t.yaml', text);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

test('a line, an object and a table of requests', () => {
  const { configs, targets, expectations } = readExpectations(
    't.yaml',
    `configs: [a.conf, b]
targets: { nginx: 1.22 }
request: { from: 192.0.2.1, headers: { X-A: 1 } }
variables: { host: a.example }
tests:
  - name: reads
    requests:
      - https://{{host}}/
      - POST https://{{host}}/x
    expect: { status: 200 }
  - each: { path: [/a, /b], ip: [192.0.2.2, 192.0.2.3] }
    request: { url: "http://{{host}}{{path}}", from: "{{ip}}", headers: { X-B: b } }
    expect: { path: "{{path}}" }
`,
  );
  expect({ configs, targets }).toEqual({ configs: ['a.conf', 'b'], targets: { nginx: '1.22' } });
  expect(expectations.slice(0, 2).map(({ name, request, at }) => ({ name, request, at }))).toEqual([
    {
      name: 'reads (1: https://a.example/)',
      request: { url: 'https://a.example/', from: '192.0.2.1', headers: ['X-A: 1'] },
      at: { line: 6, column: 5 },
    },
    {
      name: 'reads (2: https://a.example/x)',
      request: { method: 'POST', url: 'https://a.example/x', from: '192.0.2.1', headers: ['X-A: 1'] },
      at: { line: 6, column: 5 },
    },
  ]);
  expect(expectations.slice(2).map(({ name, request: { from }, expect: { path } }) => [name, from, path])).toEqual([
    ['GET http://a.example/a', '192.0.2.2', '/a'],
    ['GET http://a.example/a', '192.0.2.3', '/a'],
    ['GET http://a.example/b', '192.0.2.2', '/b'],
    ['GET http://a.example/b', '192.0.2.3', '/b'],
  ]);
  expect(expectations[2]!.request.headers).toEqual(['X-A: 1', 'X-B: b']);
});

test('JSON', () => {
  const { expectations } = readExpectations('t.json', '{"tests":[{"request":"http://a/","expect":{"denied":true}}]}');
  expect(expectations.map(({ expect: wanted }) => wanted)).toEqual([{ denied: true }]);
});

describe('a mistake is told with its place', () => {
  test.each([
    ['', ['t.yaml:1:1: null is not of type object']],
    ['tests: []\n', ['t.yaml:1:1: tests: must NOT have fewer than 1 items']],
    ['a: 1\na: 2\n', ['t.yaml:2:1: Map keys must be unique']],
    [
      'test: []\ntests: [{ request: http://a/, expect: { status: 1 } }]\n',
      ['t.yaml:1:1: unknown key "test"; did you mean "tests"?'],
    ],
    [
      'tests:\n  - request: http://a/\n    expect: { statuss: 1 }\n',
      ['t.yaml:3:15: tests[0].expect: unknown key "statuss"; did you mean "status"?'],
    ],
    [
      'tests:\n  - request: http://a/\n    expect: { backend: { matchs: a } }\n',
      ['t.yaml:3:26: tests[0].expect.backend: unknown key "matchs"; did you mean "matches"?'],
    ],
    [
      'tests:\n  - request: http://a/\n    expect: {}\n',
      ['t.yaml:3:5: tests[0].expect: must NOT have fewer than 1 properties'],
    ],
    ['tests:\n  - expect: { status: 200 }\n', ['t.yaml:2:5: tests[0]: expected either "request" or "requests"']],
    [
      'tests:\n  - request: ftp://a/\n    expect: { status: 200 }\n',
      [expect.stringMatching(/^t\.yaml:2:5: tests\[0\]: "ftp:\/\/a\/" is no http/)],
    ],
    [
      'tests:\n  - request: http://{{a}}/\n    expect: { status: 200 }\n',
      ['t.yaml:2:5: tests[0]: no variable is called "a"'],
    ],
    [
      'tests:\n  - request: http://a/\n    expect: { path: { matches: "(" } }\n',
      ['t.yaml:3:15: tests[0]: "(" is no regular expression'],
    ],
    [
      'tests:\n  - request: { url: http://a/, from: me }\n    expect: { status: 200 }\n',
      ['t.yaml:2:5: tests[0]: from: "me" is no IP address'],
    ],
    // Two mistakes: both are told.
    [
      'tests:\n  - request: x\n    expect: { status: 1 }\n  - request: y\n    expect: { status: 1 }\n',
      [expect.stringMatching(/^t\.yaml:2:5: /), expect.stringMatching(/^t\.yaml:4:5: /)],
    ],
  ])('%j', (text, lines) => {
    expect(mistakes(text)).toEqual(lines);
  });

  test('tables that would be endless', () => {
    const values = JSON.stringify(Array.from({ length: 200 }, (_, index) => index));
    const each = `{ a: ${values}, b: ${values}, c: ${values} }`;
    expect(mistakes(`tests:\n  - each: ${each}\n    request: http://a/\n    expect: { status: 1 }\n`)).toEqual([
      't.yaml:2:5: tests[0]: more than 20000 expectations',
    ]);
  });

  test('an alias inside of what it names', () => {
    expect(mistakes('tests:\n  - request: http://a/\n    expect: &e { behind: *e }\n')).toEqual([
      't.yaml: cannot be read: an alias stands inside of what it names',
    ]);
  });

  test.each([
    ['tls: { refuses: [TLSv1.0] }', 'tests[0].expect.tls.refuses[0]: "TLSv1.0" is not one of SSLv2'],
    ['tls: {}', 'tests[0].expect.tls: must NOT have fewer than 1 properties'],
    ['backendHeaders: {}', 'tests[0].expect.backendHeaders: must NOT have fewer than 1 properties'],
    ['backend: {}', 'tests[0].expect.backend: must NOT have fewer than 1 properties'],
  ])('%s would hold of everything', (wanted, mistake) => {
    expect(mistakes(`tests:\n  - request: http://a/\n    expect: { ${wanted} }\n`)[0]).toContain(mistake);
  });

  test('more than a method and a URL', () => {
    expect(mistakes('tests:\n  - request: GET http://a/ HTTP/1.1\n    expect: { status: 200 }\n')).toEqual([
      't.yaml:2:5: tests[0]: "GET http://a/ HTTP/1.1": expected a URL, or a method and a URL',
    ]);
  });

  test('aliases that would be endless', () => {
    const lines = Array.from(
      { length: 12 },
      (_, n) => `x${n}: &x${n} [${n === 0 ? '1' : `${`*x${n - 1},`.repeat(9)}`}]`,
    );
    expect(mistakes(`${lines.join('\n')}\n`)[0]).toMatch(/^t\.yaml: cannot be read: .*alias/i);
  });
});

test('a version is what is written, not the number that YAML makes of it', () => {
  const tests = 'tests: [{ request: http://a/, expect: { status: 1 } }]';
  const versions = (text: string): unknown => readExpectations('t.yaml', `targets: ${text}\n${tests}`).targets;
  expect(versions('{ nginx: 1.20, apache: "2.4" }')).toEqual({ nginx: '1.20', apache: '2.4' });
  expect(versions('{"nginx": 1.10}')).toEqual({ nginx: '1.10' });
});
