/**
 * CIS Apache HTTP Server 2.4 Benchmark 2.1.0. Numbers of items and limits: public audit scripts for that version. Later versions raise the limits of
 * 10.1 and 10.3 to 8190.
 */
import type { BenchmarkSetting } from './types.ts';
import { any, between, matching, noneOf, notMatching, oneOf, upTo } from './values.ts';

const root = { name: 'Directory', argument: '/' };

/** A module that should not be loaded; whether it is needed is for the reader to say. */
function unloaded(item: string, ...modules: readonly string[]): BenchmarkSetting {
  return {
    items: [item],
    directives: ['LoadModule'],
    expected: 'the module is not loaded unless it is needed',
    fits: noneOf(...modules),
  };
}

/** A section or redirect that turns requests for these files away. */
function refused(item: string, what: string, pattern: RegExp): BenchmarkSetting {
  return {
    items: [item],
    directives: ['Files', 'FilesMatch', 'DirectoryMatch', 'LocationMatch', 'RedirectMatch', 'RewriteRule'],
    expected: `a section that denies ${what}`,
    fits: matching(pattern),
    required: 'config',
    othersMayDiffer: true,
  };
}

export const cisApache: readonly BenchmarkSetting[] = [
  unloaded('2.3', 'dav_module', 'dav_fs_module', 'dav_lock_module'),
  unloaded('2.4', 'status_module'),
  unloaded('2.5', 'autoindex_module'),
  unloaded('2.7', 'userdir_module'),
  unloaded('2.8', 'info_module'),
  unloaded('2.9', 'auth_basic_module', 'auth_digest_module'),
  { items: ['3.1'], directives: ['User'], expected: 'an account without privileges', fits: noneOf('root', '#0') },
  {
    items: ['4.1'],
    directives: ['Require', 'Deny'],
    expected: '"Require all denied"',
    fits: matching(/^(?:all denied|from all)$/i),
    within: root,
    required: 'config',
  },
  { items: ['4.3'], directives: ['AllowOverride'], expected: '"None"', fits: oneOf('none'), within: root },
  { items: ['4.4'], directives: ['AllowOverride'], expected: '"None"', fits: oneOf('none') },
  { items: ['4.4'], directives: ['AllowOverrideList'], expected: '"None"', fits: oneOf('none') },
  {
    items: ['5.1'],
    directives: ['Options'],
    expected: '"None"',
    fits: oneOf('none'),
    within: root,
    required: 'config',
  },
  {
    items: ['5.3'],
    directives: ['Options'],
    expected: 'none of All, ExecCGI, FollowSymLinks, Includes, Indexes',
    fits: noneOf('all', 'execcgi', 'followsymlinks', 'includes', 'indexes'),
  },
  {
    items: ['5.7'],
    directives: ['LimitExcept'],
    expected: 'a "<LimitExcept>" with the methods that are allowed',
    fits: any,
    required: 'config',
  },
  {
    items: ['5.9'],
    directives: ['RewriteCond'],
    expected: 'a condition on THE_REQUEST or SERVER_PROTOCOL that refuses versions before HTTP/1.1',
    fits: matching(/^%\{(?:THE_REQUEST|SERVER_PROTOCOL)\}.*1(?:\\?\.|\[\.\])[01]/i),
    required: 'config',
    othersMayDiffer: true,
  },
  {
    items: ['5.9'],
    directives: ['HttpProtocolOptions'],
    expected: 'no "Unsafe" and no "Allow0.9"',
    fits: noneOf('unsafe', 'allow0.9'),
  },
  refused('5.10', 'files whose names begin with ".ht"', /\.ht/i),
  refused('5.11', 'the folder ".git"', /\.git|[/^]\)?\\\.(?![a-z])|[/^]\[\.\]/i),
  refused('5.12', 'the folder ".svn"', /\.svn|[/^]\)?\\\.(?![a-z])|[/^]\[\.\]/i),
  {
    items: ['5.14'],
    directives: ['RewriteCond'],
    expected: 'a condition that refuses hosts other than the site\'s own: "%{HTTP_HOST} !^www\\.example\\.org"',
    fits: matching(/^%\{HTTP_HOST\} !/i),
    required: 'config',
    othersMayDiffer: true,
  },
  {
    items: ['5.15'],
    directives: ['Listen'],
    expected: 'an address and a port',
    fits: matching(/^(?!0\.0\.0\.0:|\*:|\[::\]:)[^ ]+:\d+/),
  },
  {
    items: ['6.1'],
    directives: ['LogLevel'],
    expected: '"notice core:info" or more',
    fits: matching(/(?:^| )(?:notice|info|debug|trace[1-8])(?: |$)/i),
    required: 'config',
  },
  { items: ['6.1'], directives: ['ErrorLog'], expected: 'a file or syslog', fits: any, required: 'config' },
  {
    items: ['6.2'],
    directives: ['ErrorLog'],
    expected: 'an "ErrorLog" to syslog',
    fits: matching(/^syslog/i),
    required: 'config',
    othersMayDiffer: true,
  },
  {
    items: ['6.3'],
    directives: ['LogFormat', 'CustomLog'],
    expected: 'a format with address, user, time, request, status, size, Referer and User-Agent ("combined")',
    fits: matching(/^(?:(?!%[<>]?s).)*%[<>]?s.*%\{User-agent\}i/i),
    required: 'config',
    othersMayDiffer: true,
  },
  {
    items: ['6.6'],
    directives: ['LoadModule'],
    expected: 'ModSecurity is loaded',
    fits: oneOf('security2_module', 'security3_module'),
    required: 'config',
    othersMayDiffer: true,
  },
  {
    items: ['6.7'],
    directives: ['Include', 'IncludeOptional'],
    expected: 'the OWASP rules of ModSecurity are included',
    fits: matching(/crs|owasp|modsecurity/i),
    required: 'config',
    othersMayDiffer: true,
  },
  { items: ['7.10'], directives: ['SSLUseStapling'], expected: '"On"', fits: oneOf('on'), required: 'tls' },
  {
    items: ['8.1'],
    directives: ['ServerTokens'],
    expected: '"Prod"',
    fits: any,
    required: 'config',
  },
  { items: ['8.2'], directives: ['ServerSignature'], expected: '"Off"', fits: oneOf('off') },
  {
    items: ['8.3'],
    directives: ['Alias', 'AliasMatch'],
    expected: 'no path to the icons and the manual that come with Apache',
    fits: notMatching(/^\^?\/(?:icons|manual)\b/i),
  },
  {
    items: ['8.4'],
    directives: ['FileETag'],
    expected: 'no "All" and no "INode"',
    fits: noneOf('all', 'inode'),
  },
  { items: ['9.1'], directives: ['Timeout'], expected: 'at most 10 seconds', fits: any, required: 'config' },
  { items: ['9.2'], directives: ['KeepAlive'], expected: '"On"', fits: oneOf('on') },
  {
    items: ['9.5'],
    directives: ['RequestReadTimeout'],
    expected: 'at most 40 seconds for the header',
    fits: upTo('header', 40),
  },
  {
    items: ['9.6'],
    directives: ['RequestReadTimeout'],
    expected: 'at most 20 seconds for the body',
    fits: upTo('body', 20),
  },
  {
    items: ['10.1'],
    directives: ['LimitRequestLine'],
    expected: 'at most 512 bytes',
    fits: between(1, 512),
    required: 'config',
  },
  { items: ['10.2'], directives: ['LimitRequestFields'], expected: '1 to 100', fits: between(1, 100) },
  {
    items: ['10.3'],
    directives: ['LimitRequestFieldSize'],
    expected: 'at most 1024 bytes',
    fits: between(1, 1024),
    required: 'config',
  },
  {
    items: ['10.4'],
    directives: ['LimitRequestBody'],
    expected: 'at most 102400 bytes',
    fits: any,
    required: 'config',
  },
];
