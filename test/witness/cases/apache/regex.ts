import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'negated-rewrite-backreference',
    messageId: 'rule',
    config: `RewriteEngine On
    RewriteRule !^/(docs)/ /elsewhere/$1 [R]`,
    request: { target: '/file.txt' },
    shows: { status: 302, headers: { location: 'http://example.com/elsewhere/' } },
  },
  {
    rule: 'negated-rewrite-backreference',
    messageId: 'condition',
    config: `RewriteEngine On
    RewriteCond %{HTTP_HOST} !^(www)\\.
    RewriteRule ^/ /elsewhere/%1 [R]`,
    request: {},
    shows: { status: 302, headers: { location: 'http://example.com/elsewhere/' } },
  },
  {
    // PCRE gives up, which counts as no match.
    rule: 'regex-redos',
    messageId: 'exponential',
    config: `RewriteEngine On
    RewriteRule ^/(?:(?:a+)+x|a+\\.txt)$ - [F]`,
    before: { target: '/aaa.txt' },
    request: { target: `/${'a'.repeat(40)}.txt` },
    shows: { status: 404 },
    fixed: {
      config: `RewriteEngine On
      RewriteRule ^/(?:a+x|a+\\.txt)$ - [F]`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'unanchored-regex',
    messageId: 'script',
    config: `<FilesMatch "\\.php">
      SetHandler "proxy:fcgi://127.0.0.1:9000"
    </FilesMatch>`,
    request: { target: '/index.php.txt' },
    shows: { backend: { params: { REQUEST_URI: '/index.php.txt' } } },
    fixed: { shows: { status: 404, backend: undefined } },
  },
  {
    rule: 'unescaped-dot',
    messageId: 'dot',
    config: 'RedirectMatch ^/old.php$ http://example.com/new',
    request: { target: '/oldxphp' },
    shows: { status: 302, headers: { location: 'http://example.com/new' } },
    fixed: { shows: { status: 404 } },
  },
];
