/** Where a config holds regular expressions, and what they are matched with. */
import { describe, expect, test } from 'vitest';

import { parseApache } from '../../src/parsers/apache/parse.ts';
import { parseNginx } from '../../src/parsers/nginx/parse.ts';
import { apachePattern, apachePatternKeys, nginxPatterns, type PatternUse } from '../../src/rules/regex/_patterns.ts';
import type { ConfigFile, Directive } from '../../src/syntax/tree.ts';
import { walk } from '../../src/syntax/walk.ts';
import { SourceFile } from '../../src/text/source.ts';

function usesIn(file: ConfigFile, usesOf: (directive: Directive) => readonly PatternUse[]): string[] {
  const found: PatternUse[] = [];
  walk(file.root, (directive) => void found.push(...usesOf(directive)));
  return found.map(({ subject, pattern, caseInsensitive }) => `${subject} ${pattern}${caseInsensitive ? ' i' : ''}`);
}

describe('nginx', () => {
  test.each([
    ['location ~ ^/a {}', ['path ^/a']],
    ['location ~* ^/a {}', ['path ^/a i']],
    ['location ~^/a {}', ['path ^/a']],
    ['location ^~ /a {}', []],
    ['location = /a {}', []],
    ['rewrite ^/a /b;', ['path ^/a']],
    ['server_name a.test ~^b$ ~c;', ['host ^b$ i', 'host c i']],
    ['valid_referers none ~google;', ['other google i']],
    ['if ($uri ~ ^/a) {}', ['path ^/a']],
    ['if ($document_uri ~* ^/a) {}', ['path ^/a i']],
    ['if ($request_uri !~ ^/a) {}', ['path ^/a']],
    ['if ($host ~ ^a) {}', ['host ^a']],
    ['if ($http_host !~* ^a) {}', ['host ^a i']],
    ['if ($arg_a ~ ^a) {}', ['other ^a']],
    ['if ($arg_a = ^a) {}', []],
    ['if ($arg_a) {}', []],
    ['return 200 ~a;', []],
  ])('%s', (text, expected) => {
    expect(usesIn(parseNginx(new SourceFile('nginx.conf', text)), nginxPatterns)).toEqual(expected);
  });
});

describe('httpd', () => {
  const rows: [string, string[]][] = [
    ['<LocationMatch "^/a">\n</LocationMatch>', ['path ^/a']],
    ['<FilesMatch "\\.a$">\n</FilesMatch>', ['file \\.a$']],
    ['<DirectoryMatch "^/a">\n</DirectoryMatch>', ['other ^/a']],
    ['<ProxyMatch "^http">\n</ProxyMatch>', ['other ^http']],
    ['<Location ~ "^/a">\n</Location>', ['path ^/a']],
    ['<Location "/a">\n</Location>', []],
    ['<Files ~ "\\.a$">\n</Files>', ['file \\.a$']],
    ['<Files "*.a">\n</Files>', []],
    ['<Directory ~ "^/a">\n</Directory>', ['other ^/a']],
    ['<Directory "/a">\n</Directory>', []],
    ['ProxyPassMatch ^/a http://b/', ['path ^/a']],
    ['ProxyPass ~ ^/a http://b/', ['path ^/a']],
    ['ProxyPass /a http://b/', []],
    ['RewriteRule ^/a /b', ['path ^/a']],
    ['RewriteRule ^/a /b [NC,L]', ['path ^/a i']],
    ['RewriteRule ^/a /b [L,nocase]', ['path ^/a i']],
    ['RewriteRule !^/a /b [L]', ['path ^/a']],
    ['AliasMatch ^/a /b', ['path ^/a']],
    ['ScriptAliasMatch ^/a /b', ['path ^/a']],
    ['RedirectMatch ^/a /b', ['path ^/a']],
    ['RedirectMatch 301 ^/a /b', ['path ^/a']],
    ['RedirectMatch permanent ^/a /b', ['path ^/a']],
    ['RedirectMatch gone ^/a', ['path ^/a']],
    ['RedirectMatch 404 ^/a', ['path ^/a']],
    ['RewriteCond %{HTTP_HOST} ^a', ['host ^a']],
    ['RewriteCond %{HTTP:Host} !^a [NC]', ['host ^a i']],
    ['RewriteCond %{SERVER_NAME} ^a', ['host ^a']],
    ['RewriteCond %{REQUEST_URI} ^/a', ['other ^/a']],
    ['RewriteCond %{REQUEST_FILENAME} -f', []],
    ['RewriteCond %{REQUEST_FILENAME} !-d', []],
    ['RewriteCond %{QUERY_STRING} =a', []],
    ['RewriteCond %{QUERY_STRING} !>a', []],
    ['RewriteCond %{QUERY_STRING} -eq', []],
    ['SetEnvIf Host ^a B', ['other ^a']],
    ['SetEnvIfNoCase Host ^a B', ['other ^a i']],
    ['BrowserMatch ^a B', ['other ^a']],
    ['BrowserMatchNoCase ^a B', ['other ^a i']],
    ['Header edit Location ^a b', ['other ^a']],
    ['Header always edit* Location ^a b', ['other ^a']],
    ['Header set Location ^a', []],
    ['RequestHeader edit Host ^a b', ['other ^a']],
    ['RequestHeader set Host ^a', []],
    ['RewriteRule ^/${a} /b', []],
    ['Redirect /a /b', []],
  ];

  test.each(rows)('%s', (text, expected) => {
    const file = parseApache(new SourceFile('httpd.conf', text));
    expect(usesIn(file, (directive) => [apachePattern(directive) ?? []].flat())).toEqual(expected);
  });

  test('each directive with a pattern stands here', () => {
    const keys = rows.filter(([, uses]) => uses.length > 0).map(([text]) => /\w+/.exec(text)![0].toLowerCase());
    expect([...new Set(keys)].sort()).toEqual([...apachePatternKeys].sort());
  });
});
