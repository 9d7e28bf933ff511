/** The `key=value` parameters of workers and balancers: `set_worker_param` and `set_balancer_param` of `mod_proxy.c`. */

import { atoi, parseTimeout } from '../../facts/numbers.ts';
import { listed } from '../refusal.ts';
import { healthCheckParameters } from './mod-proxy-hcheck-parameters.ts';
import { readFlag } from '../../meaning/settings.ts';
import { wordTable } from '../../../../text/word-table.ts';

/** What is expected instead of the value; undefined where it is fine. */
type ParameterCheck = (value: string) => string | undefined;

function atLeast(min: number, max = Infinity): ParameterCheck {
  const expected = max === Infinity ? `a number of at least ${min}` : `a number from ${min} to ${max}`;
  return (value) => {
    const number = atoi(value);
    return number >= min && number <= max ? undefined : expected;
  };
}

const onOff: ParameterCheck = (value) => (readFlag([value]) !== undefined ? undefined : '"On" or "Off"');
const any: ParameterCheck = () => undefined;
const duration: ParameterCheck = (value) =>
  parseTimeout(value) >= 1 ? undefined : 'a duration such as "10", "10s" or "500ms"';
const shortText =
  (length: number): ParameterCheck =>
  (value) =>
    value.length < length ? undefined : `fewer than ${length} characters`;
const bufferSize: ParameterCheck = (value) => {
  const number = atoi(value);
  return number === 0 || number >= 512 ? undefined : 'a size of at least 512 bytes, or 0';
};

const worker: Readonly<Record<string, ParameterCheck>> = wordTable({
  loadfactor: (value) => {
    const number = Number.parseFloat(value);
    return number >= 1 && number <= 100 ? undefined : 'a number from 1 to 100';
  },
  retry: atLeast(0),
  ttl: atLeast(1),
  min: atLeast(0),
  max: atLeast(0),
  smax: atLeast(0),
  acquire: duration,
  timeout: atLeast(1),
  iobuffersize: (value) => (Number.parseInt(value, 10) >= 512 ? undefined : bufferSize(value)),
  receivebuffersize: bufferSize,
  keepalive: onOff,
  disablereuse: onOff,
  enablereuse: onOff,
  addressttl: (value) => (/^(?:-1$|\d+(?:$|s|h|mi))/.test(value) ? undefined : '-1 or a number of seconds'),
  route: shortText(96),
  redirect: shortText(96),
  status: (value) =>
    /^(?:[+-]?[DSIHEFNRC])*$/i.test(value) ? undefined : 'letters of worker states, such as "+H" or "D"',
  flushpackets: (value) =>
    readFlag([value]) !== undefined || /^auto$/i.test(value) ? undefined : '"On", "Off" or "Auto"',
  flushwait: atLeast(0, 1000),
  ping: duration,
  lbset: atLeast(0, 99),
  connectiontimeout: duration,
  flusher: shortText(16),
  upgrade: shortText(16),
  responsefieldsize: atLeast(0),
  secret: shortText(64),
  ...healthCheckParameters,
});

/** The load balancing methods that httpd's own modules register. */
const methods = ['byrequests', 'bytraffic', 'bybusyness', 'heartbeat'];

const balancer: Readonly<Record<string, ParameterCheck>> = wordTable({
  stickysession: any,
  stickysessionsep: (value) => (value.length === 1 || /^off$/i.test(value) ? undefined : 'a single character or "Off"'),
  nofailover: onOff,
  timeout: atLeast(1),
  maxattempts: atLeast(0),
  lbmethod: (value) => (methods.includes(value) ? undefined : `one of ${listed(methods)}`),
  scolonpathdelim: onOff,
  failonstatus: (value) =>
    value.split(/[, ]+/).every((code) => /^[1-5]\d\d/.test(code)) ? undefined : 'HTTP status codes with commas between',
  failontimeout: onOff,
  nonce: shortText(37),
  growth: atLeast(1, 100),
  forcerecovery: onOff,
});

export function judgeWorkerParameter(key: string, value: string): string | undefined {
  return judge(worker, key, value);
}

export function judgeBalancerParameter(key: string, value: string): string | undefined {
  return judge(balancer, key, value);
}

function judge(checks: Readonly<Record<string, ParameterCheck>>, key: string, value: string): string | undefined {
  if (!Object.hasOwn(checks, key))
    return `one of the parameters ${Object.keys(checks)
      .map((name) => `"${name}"`)
      .join(', ')}`;
  const expected = checks[key]!(value);
  return expected && `"${key}=" with ${expected}`;
}
