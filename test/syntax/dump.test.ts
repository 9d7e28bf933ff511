import { nginxIncludes } from '../../src/servers/nginx/includes.ts';
import { expect, it } from 'vitest';
import { dumpAccess, isDump, splitDump } from '../../src/syntax/dump.ts';
import { expandIncludes } from '../../src/syntax/includes.ts';
import { allFiles } from '../../src/syntax/walk.ts';
import { parseNginx } from '../../src/parsers/nginx/parse.ts';

const messages =
  'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file test ok\n';
const main = 'http {\n  include c/*.conf;\n}';
const files = `# configuration file /etc/nginx/nginx.conf:\n${main}\n\n# configuration file /etc/nginx/c/a.conf:\nserver {\n}\n\n`;

it('knows a dump by its first line that is no message of nginx', () => {
  expect(isDump(files)).toBe(true);
  expect(isDump(messages + files)).toBe(true);
  expect(isDump(`user x;\n${files}`)).toBe(false);
  expect(isDump('# configuration file\nuser x;\n')).toBe(false);
});

it('splits a dump into its files, without the line feed that nginx adds', () => {
  const sources = splitDump('dump.txt', messages + files);
  expect(sources.map(({ path, text }) => [path, text])).toEqual([
    ['/etc/nginx/nginx.conf', `${main}\n`],
    ['/etc/nginx/c/a.conf', 'server {\n}\n'],
  ]);
  expect(sources[1]!.positionAt(0)).toEqual({ line: 1, column: 1 });
  expect(sources[1]!.outerPositionAt(0)).toEqual({ line: 9, column: 1 });
});

it('resolves the includes of the main config inside the dump', () => {
  const sources = splitDump('dump.txt', files);
  const file = parseNginx(sources[0]!);
  expandIncludes(file, { parse: parseNginx, rules: nginxIncludes, files: dumpAccess(sources), base: '/etc/nginx' });
  const [, included] = allFiles(file);
  expect(included!.source.path).toBe('/etc/nginx/c/a.conf');
  expect(included!.source.outer?.kind).toBe('dump');
  expect(included!.root.directives[0]!.key).toBe('server');
});
