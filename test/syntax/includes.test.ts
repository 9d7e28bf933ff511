import { describe, expect, it } from 'vitest';
import { expandIncludes, type IncludeOptions } from '../../src/syntax/includes.ts';
import { serverOf } from '../../src/servers/index.ts';
import { SourceFile } from '../../src/text/source.ts';
import type { ConfigFile, Directive } from '../../src/syntax/tree.ts';
import { asWritten } from '../../src/text/template/placeholder.ts';
import { allFiles, children, walk } from '../../src/syntax/walk.ts';
import { parseApache } from '../../src/parsers/apache/parse.ts';
import { parseNginx } from '../../src/parsers/nginx/parse.ts';
import { memoryFiles } from '../helpers/memory-files.ts';

type Texts = Readonly<Record<string, string>>;
type Settings = Partial<IncludeOptions> & Parameters<typeof memoryFiles>[1] & { main?: string };

function expand(texts: Texts, settings: Settings, defaults: { main: string; base: string }): ConfigFile {
  const main = settings.main ?? defaults.main;
  const parse = settings.parse!;
  const file = parse(new SourceFile(main, texts[main]!));
  const { includes: rules } = serverOf(file.dialect);
  expandIncludes(file, { rules, base: defaults.base, files: memoryFiles(texts, settings), ...settings, parse });
  return file;
}

const nginx = (texts: Texts, settings: Settings = {}): ConfigFile =>
  expand(texts, { parse: parseNginx, ...settings }, { main: '/etc/nginx/nginx.conf', base: '/etc/nginx' });

const apache = (texts: Texts, settings: Settings = {}): ConfigFile =>
  expand(texts, { parse: parseApache, ...settings }, { main: '/etc/apache2/apache2.conf', base: '/etc/apache2' });

const paths = (file: ConfigFile): string[] => allFiles(file).map(({ source }) => source.path);

function failures(file: ConfigFile): [reason: string, path: string][] {
  const found: [string, string][] = [];
  walk(file.root, ({ includeFailure }) => {
    if (includeFailure) found.push([includeFailure.reason, includeFailure.path]);
  });
  return found;
}

describe('nginx', () => {
  it('starts relative paths at the directory of the main config, at every level', () => {
    const file = nginx({
      '/etc/nginx/nginx.conf': 'http { include sites/a.conf; }',
      '/etc/nginx/sites/a.conf': 'include snippets/b.conf;',
      '/etc/nginx/snippets/b.conf': 'x;',
    });
    expect(paths(file)).toEqual(['/etc/nginx/nginx.conf', '/etc/nginx/sites/a.conf', '/etc/nginx/snippets/b.conf']);
    expect(failures(file)).toEqual([]);
    const http = file.root.directives[0]!;
    expect(children(http.block!).map(({ key }) => key)).toEqual(['include', 'include', 'x']);
    expect(allFiles(file)[2]!.root.owner).toBe(http);
  });

  it('sorts the matches of a pattern by byte, without hidden files', () => {
    const file = nginx({
      '/etc/nginx/nginx.conf': 'include c/*.conf;',
      '/etc/nginx/c/b.conf': '',
      '/etc/nginx/c/a.conf': '',
      '/etc/nginx/c/B.conf': '',
      '/etc/nginx/c/.x.conf': '',
      '/etc/nginx/c/x.conf.bak': '',
    });
    expect(paths(file).slice(1)).toEqual(['/etc/nginx/c/B.conf', '/etc/nginx/c/a.conf', '/etc/nginx/c/b.conf']);
  });

  it('accepts a pattern without match, but not a missing file', () => {
    const file = nginx({ '/etc/nginx/nginx.conf': 'include c/*.conf; include d.conf;' });
    expect(failures(file)).toEqual([
      ['no-match', '/etc/nginx/c/*.conf'],
      ['not-found', '/etc/nginx/d.conf'],
    ]);
  });

  it('parses a file anew at each place of inclusion', () => {
    const file = nginx({ '/etc/nginx/nginx.conf': 'a { include x; } b { include x; }', '/etc/nginx/x': 'y;' });
    const [, first, second] = allFiles(file);
    expect(first!.root.owner?.key).toBe('a');
    expect(second!.root.owner?.key).toBe('b');
  });

  it('notices cycles, also through symbolic links', () => {
    const texts = { '/etc/nginx/nginx.conf': 'include a;', '/etc/nginx/a': 'include b; x;' };
    expect(failures(nginx({ ...texts, '/etc/nginx/b': 'include a;' }))).toEqual([['cycle', '/etc/nginx/a']]);
    expect(failures(nginx(texts, { links: { '/etc/nginx/b': '/etc/nginx/nginx.conf' } }))).toEqual([
      ['cycle', '/etc/nginx/b'],
    ]);
  });

  it('reports what is no file, and leaves templates alone', () => {
    const file = nginx(
      { '/etc/nginx/nginx.conf': 'include d; include fifo; include ${X}/y; include {{ x }};', '/etc/nginx/d/e': '' },
      { unreadable: ['/etc/nginx/fifo'] },
    );
    expect(failures(file).map(([reason, path]) => [reason, asWritten(path!)])).toEqual([
      ['unreadable', '/etc/nginx/d'],
      ['unreadable', '/etc/nginx/fifo'],
      ['unresolved', '${X}/y'],
      ['unresolved', '{{ x }}'],
    ]);
  });

  it('prefixes absolute paths with the root, and reads nothing outside of it', () => {
    const texts = {
      '/srv/t/etc/nginx/nginx.conf': 'include /etc/nginx/a; include ../../../../../etc/b; include link;',
      '/srv/t/etc/nginx/a': '',
      '/etc/b': 'secret;',
      '/etc/nginx/a': 'secret;',
    };
    const file = nginx(texts, {
      main: '/srv/t/etc/nginx/nginx.conf',
      base: '/srv/t/etc/nginx',
      root: '/srv/t/',
      links: { '/srv/t/etc/nginx/link': '/etc/b' },
    });
    expect(paths(file)).toEqual(['/srv/t/etc/nginx/nginx.conf', '/srv/t/etc/nginx/a']);
    expect(failures(file).map(([reason]) => reason)).toEqual(['outside-root', 'outside-root']);
  });

  it('does not expect the files of an installed server beside a config that is kept elsewhere', () => {
    const text = 'include mime.types; include /etc/nginx/x.conf; include snippets/y.conf; include z.conf;';
    const apart = nginx({ 'conf/nginx.conf': text }, { main: 'conf/nginx.conf', base: 'conf' });
    expect(failures(apart).map(([reason]) => reason)).toEqual(['unresolved', 'unresolved', 'unresolved', 'unresolved']);
    const texts = { 'conf/nginx.conf': `${text} include here.conf;`, 'conf/here.conf': '' };
    const among = nginx(texts, { main: 'conf/nginx.conf', base: 'conf' });
    expect(failures(among).map(([reason]) => reason)).toEqual(['unresolved', 'unresolved', 'unresolved', 'not-found']);
  });

  it('reads 10,000 files, and gives up where the number explodes', () => {
    const many: Record<string, string> = { '/etc/nginx/nginx.conf': 'include c/*;' };
    for (let index = 0; index < 10_000; index++) many[`/etc/nginx/c/${index}`] = 'x;';
    expect(allFiles(nginx(many))).toHaveLength(10_001);

    const doubling: Record<string, string> = { '/etc/nginx/nginx.conf': 'include 0;' };
    for (let index = 0; index < 39; index++)
      doubling[`/etc/nginx/${index}`] = `include ${index + 1}; include ${index + 1};`;
    expect(failures(nginx(doubling)).some(([reason]) => reason === 'too-deep')).toBe(true);

    const chain: Record<string, string> = { '/etc/nginx/nginx.conf': 'include 0;' };
    for (let index = 0; index < 1000; index++) chain[`/etc/nginx/${index}`] = `include ${index + 1};`;
    expect(failures(nginx(chain)).map(([reason]) => reason)).toEqual(['too-deep']);
  });
});

describe('httpd', () => {
  const main = '/etc/apache2/apache2.conf';

  it('starts relative paths at ServerRoot', () => {
    const file = apache({
      [main]: 'ServerRoot /srv\nInclude a.conf\n',
      '/srv/a.conf': 'Include b.conf\n',
      '/srv/b.conf': '',
    });
    expect(paths(file)).toEqual([main, '/srv/a.conf', '/srv/b.conf']);
  });

  it('reads a directory with all below it, sorted by name', () => {
    const file = apache({
      [main]: 'Include d\n',
      '/etc/apache2/d/b': '',
      '/etc/apache2/d/.h': '',
      '/etc/apache2/d/a/z': '',
    });
    expect(paths(file).slice(1)).toEqual(['/etc/apache2/d/.h', '/etc/apache2/d/a/z', '/etc/apache2/d/b']);
  });

  it('sorts each directory by itself', () => {
    const file = apache({ [main]: 'Include */x\n', '/etc/apache2/a/x': '', '/etc/apache2/a-b/x': '' });
    expect(paths(file).slice(1)).toEqual(['/etc/apache2/a/x', '/etc/apache2/a-b/x']);
  });

  it('refuses an Include without match, and accepts an IncludeOptional', () => {
    const file = apache({ [main]: 'Include m/*.conf\nInclude n\nIncludeOptional m/*.conf\nIncludeOptional n\n' });
    expect(failures(file).map(([reason]) => reason)).toEqual(['not-found', 'not-found', 'no-match', 'no-match']);
  });

  it('fills in what Define set, unless a condition may have changed it', () => {
    const file = apache({
      [main]:
        'Define D /srv\nInclude ${D}/a\n<IfDefine X>\nDefine D /tmp\n</IfDefine>\nInclude ${D}/a\nInclude ${E}/a\n',
      '/srv/a': '',
    });
    expect(paths(file)).toEqual([main, '/srv/a']);
    expect(failures(file)).toEqual([
      ['unresolved', '${D}/a'],
      ['unresolved', '${E}/a'],
    ]);
  });

  it('puts the directives of an included file into the section around it', () => {
    const file = apache({ [main]: '<VirtualHost *>\nInclude a\n</VirtualHost>\n', '/etc/apache2/a': 'ServerName x\n' });
    const host: Directive = file.root.directives[0]!;
    expect(children(host.block!).map(({ key }) => key)).toEqual(['include', 'servername']);
    expect(children(host.block!)[1]!.parent.owner).toBe(host);
  });
});
