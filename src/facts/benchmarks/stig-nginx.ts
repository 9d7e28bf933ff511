/** DISA's F5 NGINX STIG V1R1 (November 2025). Items are named by their vulnerability ids. */
import type { BenchmarkSetting } from './types.ts';
import { any, matching, oneOf, upToMinutes } from './values.ts';

function within10Seconds(directive: string): BenchmarkSetting {
  return {
    items: ['V-278394'],
    directives: [directive],
    expected: 'at most 10 seconds',
    fits: any,
    required: 'config',
  };
}

export const stigNginx: readonly BenchmarkSetting[] = [
  {
    items: ['V-278380'],
    directives: ['worker_connections'],
    expected: 'a number that fits the application',
    fits: any,
    required: 'config',
  },
  {
    items: ['V-278385'],
    directives: ['log_format'],
    expected: 'a format of your own with the fields that have to be recorded',
    fits: any,
    required: 'config',
  },
  within10Seconds('client_body_timeout'),
  within10Seconds('client_header_timeout'),
  within10Seconds('keepalive_timeout'),
  within10Seconds('send_timeout'),
  {
    items: ['V-278396'],
    directives: ['access_log', 'error_log'],
    expected: 'a log on another machine, by "syslog:server="',
    fits: matching(/^(?:syslog:server=|off\b)/),
    required: 'config',
  },
  {
    items: ['V-278399'],
    directives: ['ssl_session_timeout'],
    expected: 'at most 15 minutes',
    fits: upToMinutes(15),
  },
  {
    items: ['V-278404'],
    directives: ['limit_conn', 'limit_req'],
    expected: 'a limit of connections or requests by address',
    fits: any,
    required: 'config',
  },
  {
    items: ['V-278406'],
    directives: ['ssl_stapling', 'ssl_ocsp', 'ssl_crl'],
    expected: 'the revocation of certificates is checked',
    fits: (args) => !oneOf('off')(args),
    required: 'tls',
    othersMayDiffer: true,
  },
];
