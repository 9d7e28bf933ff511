/**
 * DISA's Apache Server 2.4 UNIX Server STIG (items AS24-U1) and Site STIG (items AS24-U2), by their STIG ids: the vulnerability ids were
 * numbered anew in the course of the releases. Source: the controls that MITRE publishes as InSpec profiles.
 */
import type { BenchmarkSetting } from './types.ts';
import { any, between, matching, noneOf, notMatching, oneOf } from './values.ts';

const programs = /(?:^| )\.?(?:exe|dll|com|bat|csh)(?: |$)/i;
const cookieFlags = (args: readonly string[]): boolean => {
  const attributes = args.join(' ').toLowerCase();
  return attributes.includes('httponly') && attributes.includes('secure');
};

export const stigApache: readonly BenchmarkSetting[] = [
  { items: ['AS24-U1-000010'], directives: ['KeepAlive'], expected: '"On"', fits: oneOf('on'), required: 'config' },
  {
    items: ['AS24-U1-000010'],
    directives: ['MaxKeepAliveRequests'],
    expected: '100 or more',
    fits: any,
    required: 'config',
  },
  {
    items: ['AS24-U1-000070', 'AS24-U1-000750', 'AS24-U2-000090'],
    directives: ['LogFormat', 'CustomLog'],
    expected: 'a format that says who asked, when, from which page, for what and with which result',
    fits: matching(/^(?:(?!%h).)*%h.*%\{Referer\}i/i),
    required: 'config',
    othersMayDiffer: true,
  },
  {
    items: ['AS24-U1-000300', 'AS24-U2-000300', 'AS24-U2-000320'],
    directives: ['Action', 'AddHandler', 'AddType'],
    expected: 'nothing for files of the kinds exe, dll, com, bat and csh',
    fits: notMatching(programs),
  },
  {
    items: ['AS24-U1-000330'],
    directives: ['LoadModule'],
    expected: 'WebDAV is not loaded',
    fits: noneOf('dav_module', 'dav_fs_module', 'dav_lock_module'),
  },
  {
    items: ['AS24-U1-000360'],
    directives: ['Listen'],
    expected: 'an address and a port',
    fits: matching(/^(?!0\.0\.0\.0:|\*:|\[::\]:)[^ ]+:\d+/),
  },
  {
    items: ['AS24-U2-000350'],
    directives: ['Require', 'Deny'],
    expected: '"Require all denied"',
    fits: matching(/^(?:all denied|from all)$/i),
    within: { name: 'Directory', argument: '/' },
    required: 'config',
  },
  {
    items: ['AS24-U2-000360'],
    directives: ['VirtualHost'],
    expected: 'an address and a port',
    fits: notMatching(/(?:^| )(?:\*|_default_|0\.0\.0\.0)(?::|$| )/i),
  },
  {
    items: ['AS24-U2-000380'],
    directives: ['SSLVerifyClient'],
    expected: '"require": clients show a certificate',
    fits: oneOf('require'),
    required: 'tls',
  },
  {
    items: ['AS24-U1-000470', 'AS24-U2-000470', 'AS24-U1-000870', 'AS24-U2-000880', 'AS24-U2-000890'],
    directives: ['SessionCookieName', 'SessionCookieName2'],
    expected: 'the attributes "HttpOnly" and "Secure"',
    fits: cookieFlags,
  },
  {
    items: ['AS24-U1-000590', 'AS24-U2-000590'],
    directives: ['Timeout'],
    expected: 'at most 10 seconds',
    fits: any,
    required: 'config',
  },
  {
    items: ['AS24-U1-000620', 'AS24-U2-000630'],
    directives: ['ErrorDocument'],
    expected: 'pages of your own for errors',
    fits: any,
    required: 'config',
  },
  {
    items: ['AS24-U1-000630'],
    directives: ['LogLevel'],
    expected: '"info" or less: no "debug" and no "trace"',
    fits: notMatching(/(?:^|[ :])(?:debug|trace[1-8])(?: |$)/i),
  },
  {
    items: ['AS24-U1-000650', 'AS24-U2-000660'],
    directives: ['RequestReadTimeout'],
    expected: 'times that fit the site',
    fits: any,
    required: 'config',
  },
  {
    items: ['AS24-U2-000650'],
    directives: ['SessionMaxAge'],
    expected: 'at most 600 seconds',
    fits: between(1, 600),
  },
];
