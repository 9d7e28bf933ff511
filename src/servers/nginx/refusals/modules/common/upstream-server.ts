import { placeIn } from '../../../../../syntax/tree.ts';
import { formatVersion, isBefore } from '../../../../../model/versions.ts';
import { serverAddress } from '../../../meaning/address.ts';
import { checkParameters, count, positive, seconds, someText, type Parameters } from '../../parameters.ts';
import { refuseForm } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';

const parameters: Parameters = {
  'weight=': positive,
  'max_conns=': count,
  'max_fails=': count,
  'fail_timeout=': seconds,
  backup: undefined,
  down: undefined,
  resolve: undefined,
  'service=': someText,
  drain: undefined,
  'route=': someText,
};
const additions: readonly (readonly [name: string, since: string])[] = [
  ['resolve', '1.27.3'],
  ['service=', '1.27.3'],
  ['drain', '1.29.6'],
  ['route=', '1.29.6'],
];

/** `server` in `upstream`. nginx Plus had `resolve` and its like long before nginx: for an older target nothing is said of them. */
export const upstreamServer =
  (needsPort: boolean): NginxCheck =>
  (directive, run) => {
    const [address, ...rest] = directive.args;
    const lacksPort =
      needsPort && !address!.value.includes(':') && !rest.some(({ value }) => value.startsWith('service='));
    const fault = serverAddress(address!.value).fault ?? (lacksPort ? 'an address with a port' : undefined);
    if (fault) refuseForm(run, directive, address!, fault);
    const known = rest.filter(({ value }) => value !== 'slow_start' && !value.startsWith('slow_start='));
    checkParameters(run, directive, known, parameters);
    for (const [name, since] of additions) {
      const word = rest.find(({ value }) => value === name || (name.endsWith('=') && value.startsWith(name)));
      if (!word || !run.target || !isBefore(run.version, since)) continue;
      const data = { name: directive.key, value: word.value, version: since, target: formatVersion(run.version) };
      run.refusals.report({ rule: 'needs-newer-version', message: 'value', at: placeIn(directive, word), data });
    }
  };
