/** The parameters of health checks: `set_worker_hc_param` of `mod_proxy_hcheck.c`. What names a template or a condition is judged elsewhere. */
import { atoi } from '../../facts/numbers.ts';
import { duration } from '../../facts/values.ts';
import { listed } from '../refusal.ts';
import { wordTable } from '../../../../text/word-table.ts';

const methods = ['NONE', 'TCP', 'OPTIONS', 'HEAD', 'GET', 'CPING', 'OPTIONS11', 'HEAD11', 'GET11'];
/** The interval must be longer than a tick of the watchdog. */
const tooShort = /^\s*\+?0*\d{0,2}ms|^\s*\+?0+(?:\D|$)/;
const longestUri = 255;

/** By key: what is expected instead of the value; undefined where it is fine. */
export const healthCheckParameters: Readonly<Record<string, (value: string) => string | undefined>> = wordTable({
  hcinterval: (value) =>
    duration.accepts(value) && !tooShort.test(value) ? undefined : 'a duration of at least 100 milliseconds',
  hcpasses: (value) => (atoi(value) >= 0 ? undefined : 'a number of at least 0'),
  hcfails: (value) => (atoi(value) >= 0 ? undefined : 'a number of at least 0'),
  hcuri: (value) => (value.length <= longestUri ? undefined : `at most ${longestUri} characters`),
  hcexpr: () => undefined,
  hcmethod: (value) => (methods.includes(value.toUpperCase()) ? undefined : listed(methods)),
  hctemplate: () => undefined,
});
