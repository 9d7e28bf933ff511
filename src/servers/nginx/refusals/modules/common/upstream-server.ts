import { placeIn, type Directive, type Word } from '../../../../../syntax/tree.ts';
import { formatVersion, isBefore } from '../../../../../model/versions.ts';
import { isIpv4, serverAddress } from '../../../meaning/address.ts';
import { checkParameters, count, positive, seconds, someText, type Parameters } from '../../parameters.ts';
import { levelOf, ownSettings } from '../../in-force.ts';
import { refuseForm } from '../../refuse.ts';
import type { NginxCheck, Run } from '../../run.ts';

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
  'route=': { expected: '1 to 32 characters', accepts: (text) => text.length > 0 && text.length <= 32 },
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
    checkMethod(run, directive);
    checkService(run, directive, address!);
    for (const [name, since] of additions) {
      const word = rest.find(({ value }) => value === name || (name.endsWith('=') && value.startsWith(name)));
      if (!word || !run.target || !isBefore(run.version, since)) continue;
      const data = { name: directive.key, value: word.value, version: since, target: formatVersion(run.version) };
      run.refusals.report({ rule: 'needs-newer-version', message: 'value', at: placeIn(directive, word), data });
    }
  };

/** A service is looked up as an SRV record, which names hosts and ports. */
function checkService(run: Run, server: Directive, address: Word): void {
  const service = server.args.find(({ value }, index) => index > 0 && value.startsWith('service='));
  if (!service) return;
  const host = address.value.replace(/:\d+$/, '');
  if (!server.args.some(({ value }, index) => index > 0 && value === 'resolve'))
    refuseForm(run, server, service, 'possible without "resolve" beside it');
  else if (isIpv4(host) || /^(?:\[|unix:)/.test(host))
    refuseForm(run, server, address, 'a host name, as "service=" needs');
  else if (host !== address.value) refuseForm(run, server, address, 'a host name without a port, as "service=" needs');
}

/** Methods without spare servers. nginx judges a server by the method that stands before it. */
const methods = ['ip_hash', 'hash', 'random'];

function checkMethod(run: Run, server: Directive): void {
  const backup = server.args.find(({ value }, index) => index > 0 && value === 'backup');
  if (!backup) return;
  const level = levelOf(server, run);
  const before = methods
    .flatMap((name) => ownSettings(run, level, name))
    .find((it) => it.parent.file === server.parent.file && it.start < server.start);
  if (!before) return;
  const data = { value: backup.value, method: before.key };
  const related = [{ at: before, message: 'the method' }];
  run.refusals.report({ rule: 'invalid-value', message: 'method', at: placeIn(server, backup), data, related });
}
