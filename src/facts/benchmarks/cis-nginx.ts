/** CIS NGINX Benchmark 3.0.0. Numbers of items: public audit profiles for that version; limits: those of its examples. */
import type { BenchmarkSetting } from './types.ts';
import { any, matching, noneOf, notMatching, oneOf } from './values.ts';

/** `limit_except GET POST`, or a decision by the method. */
const limitsMethods: BenchmarkSetting['fits'] = (args) =>
  args.every((arg) => /^[A-Z]+$/.test(arg)) || args.join(' ').includes('$request_method');

export const cisNginx: readonly BenchmarkSetting[] = [
  { items: ['2.2.1'], directives: ['user'], expected: 'an account without privileges', fits: noneOf('root') },
  {
    items: ['2.4.3'],
    directives: ['keepalive_timeout'],
    expected: 'more than 0 and at most 10 seconds',
    fits: notMatching(/^0+s?\b/),
    required: 'config',
  },
  {
    items: ['2.4.4'],
    directives: ['send_timeout'],
    expected: 'more than 0 and at most 10 seconds',
    fits: notMatching(/^0+s?\b/),
    required: 'config',
  },
  {
    items: ['2.5.2'],
    directives: ['error_page'],
    expected: 'pages of your own for errors',
    fits: any,
    required: 'config',
  },
  {
    items: ['2.5.4'],
    directives: ['proxy_hide_header'],
    expected: '"proxy_hide_header X-Powered-By"',
    fits: oneOf('x-powered-by'),
    required: 'proxy',
    othersMayDiffer: true,
  },
  {
    items: ['2.5.4'],
    directives: ['proxy_pass_header'],
    expected: 'the headers "Server" and "X-Powered-By" of backends stay hidden',
    fits: noneOf('server', 'x-powered-by'),
  },
  {
    items: ['3.1'],
    directives: ['log_format'],
    expected: 'a format of your own with the fields that you need',
    fits: any,
    required: 'config',
  },
  {
    items: ['3.3'],
    directives: ['error_log'],
    expected: 'the level "info"',
    fits: matching(/ (?:info|debug)$/),
    required: 'config',
  },
  { items: ['4.1.7'], directives: ['ssl_stapling'], expected: '"on"', fits: oneOf('on'), required: 'tls' },
  {
    items: ['4.1.9'],
    directives: ['proxy_ssl_certificate'],
    expected: 'a client certificate for backends that are reached over TLS',
    fits: any,
    required: 'tls-proxy',
  },
  {
    items: ['4.1.10'],
    directives: ['proxy_ssl_verify'],
    expected: '"on", with "proxy_ssl_trusted_certificate"',
    fits: oneOf('on'),
    required: 'tls-proxy',
  },
  {
    items: ['4.1.12'],
    directives: ['listen'],
    expected: 'a "listen" with "quic" for HTTP/3',
    fits: matching(/ quic\b/),
    required: 'config',
    othersMayDiffer: true,
  },
  {
    items: ['5.1.2'],
    directives: ['limit_except', 'if', 'map'],
    expected: 'a list of the methods that are allowed',
    fits: limitsMethods,
    required: 'config',
    othersMayDiffer: true,
  },
  {
    items: ['5.2.1'],
    directives: ['client_header_timeout'],
    expected: 'at most 10 seconds',
    fits: any,
    required: 'config',
  },
  {
    items: ['5.2.1'],
    directives: ['client_body_timeout'],
    expected: 'at most 10 seconds',
    fits: any,
    required: 'config',
  },
  {
    items: ['5.2.2'],
    directives: ['client_max_body_size'],
    expected: 'a limit that fits the application',
    fits: any,
    required: 'config',
  },
  {
    items: ['5.2.3'],
    directives: ['large_client_header_buffers'],
    expected: 'buffers as small as the application allows, as in "2 1k"',
    fits: any,
    required: 'config',
  },
  {
    items: ['5.2.4'],
    directives: ['limit_conn'],
    expected: 'a limit of connections by address',
    fits: any,
    required: 'config',
  },
  {
    items: ['5.2.5'],
    directives: ['limit_req'],
    expected: 'a limit of requests by address',
    fits: any,
    required: 'config',
  },
];
