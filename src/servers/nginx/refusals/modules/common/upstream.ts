/** `upstream` blocks: `ngx_http_upstream_module` and `ngx_stream_upstream_module`. */
import { placeIn, type Directive, type Word } from '../../../../../syntax/tree.ts';
import { withoutPort } from '../../../../../model/url.ts';
import { children, childrenNamed } from '../../../../../syntax/walk.ts';
import { isBefore } from '../../../../../model/versions.ts';
import { isIpv4 } from '../../../meaning/address.ts';
import { parseNumber, parseSize } from '../../../meaning/values.ts';
import { listWords } from '../../contexts.ts';
import { mayHold } from '../../may-hold.ts';
import { defined, defineOnce } from '../../named-once.ts';
import { refuseChoice, refuseForm } from '../../refuse.ts';
import type { ModuleChecks, NginxCheck, Run } from '../../run.ts';
import { useZone } from './zones.ts';

export function upstream(family: 'http' | 'stream'): NginxCheck {
  return (directive, run) => {
    const name = directive.args[0]!.value;
    defineOnce(run, directive, `upstream ${family} ${name}`, 'duplicate-upstream', name);
    if (directive.block && !mayHold(directive.block, ['server'])) {
      const { close } = directive.block;
      const related = close && [{ at: placeIn(directive, close), message: 'the server notices it here' }];
      run.refusals.report({
        rule: 'missing-directive',
        message: 'servers',
        at: directive,
        data: { name },
        ...(related && { related }),
      });
    }
    checkSpares(run, directive, name);
    checkResolving(run, directive, name);
  };
}

/** `no servers in upstream`, though it has some: all of them are spare ones. */
function checkSpares({ refusals }: Run, directive: Directive, name: string): void {
  const { block } = directive;
  if (!block) return;
  const servers = childrenNamed(block, 'server');
  const isSpare = ({ args }: Directive): boolean => args.some(({ value }, index) => index > 0 && value === 'backup');
  if (servers.length === 0 || !servers.every(isSpare)) return;
  if (children(block).some(({ key }) => key === 'include')) return;
  refusals.report({ rule: 'missing-directive', message: 'mainServers', at: directive, data: { name } });
}

/** `ngx_http_upstream_init_round_robin`: names that are looked up again and again need a zone to be kept in, and somebody to ask. */
function checkResolving({ refusals, version }: Run, directive: Directive, name: string): void {
  const { block, parent } = directive;
  if (!block || isBefore(version, '1.27.3')) return;
  for (const server of childrenNamed(block, 'server')) {
    const resolve = server.args.find(({ value }, index) => index > 0 && value === 'resolve');
    const host = withoutPort(server.args[0]?.value ?? '');
    if (!resolve || isIpv4(host) || /^(?:\[|unix:)/.test(host)) continue;
    const hasZone = mayHold(block, ['zone']);
    if (hasZone && (mayHold(block, ['resolver']) || parent.owner === undefined || mayHold(parent, ['resolver'])))
      continue;
    const related = [{ at: directive, message: 'the upstream' }];
    const message = hasZone ? 'resolver' : 'zone';
    refusals.report({ rule: 'missing-directive', message, at: placeIn(server, resolve), data: { name }, related });
    return;
  }
}

/** Several upstreams may share a zone whose size stands in one of them. */
const zone: NginxCheck = (directive, run) => {
  const [name, size] = directive.args as readonly [Word, Word?];
  const key = `upstream zone ${name.value}`;
  if (name.value === '') refuseForm(run, directive, name, 'the name of a zone');
  if (!size) useZone(run, directive, name.value, 'zone name size', key);
  else if (parseSize(size.value) >= 8 * 4096) defined(run).set(key, directive);
  else refuseForm(run, directive, size, 'a size of at least 32k');
};

/** `ngx_http_upstream_zone_module` and `ngx_stream_upstream_zone_module`. */
export const upstreamZone: ModuleChecks = { directives: { zone } };

const hash: NginxCheck = (directive, run) => {
  const second = directive.args[1];
  if (second && second.value !== 'consistent') refuseChoice(run, directive, second, '"consistent" after the key');
};

/** `ngx_http_upstream_hash_module` and `ngx_stream_upstream_hash_module`. */
export const upstreamHash: ModuleChecks = { directives: { hash } };

/** `random two` with a method, or nothing. */
const random: NginxCheck = (directive, run) => {
  const [two, method] = directive.args;
  if (two && two.value !== 'two') refuseChoice(run, directive, two, '"two"');
  else if (method && !/^least_(?:conn|time=(?:header|last_byte|connect|first_byte)(?:_inflight)?)$/.test(method.value))
    refuseChoice(run, directive, method, '"least_conn" after "two"');
};

export const upstreamRandom: ModuleChecks = { directives: { random } };

function leastTime(times: readonly string[]): ModuleChecks {
  const allowed = listWords(times.map((time) => `"${time}"`));
  const check: NginxCheck = (directive, run) => {
    const [time, second] = directive.args as readonly [Word, Word?];
    if (!times.includes(time.value)) refuseChoice(run, directive, time, allowed);
    if (second && second.value !== 'inflight') refuseChoice(run, directive, second, '"inflight" after the time');
  };
  return { directives: { least_time: check } };
}

export const upstreamLeastTime = leastTime(['header', 'last_byte']);
export const streamLeastTime = leastTime(['connect', 'first_byte', 'last_byte']);

/** From this version on, connections are kept by default, and 0 keeps none. */
const switchesOff = '1.29.7';

const keepalive: NginxCheck = (directive, run) => {
  const [connections, local] = directive.args as readonly [Word, Word?];
  const least = isBefore(run.version, switchesOff) ? 1 : 0;
  if (!(parseNumber(connections.value) >= least)) refuseForm(run, directive, connections, 'a number of connections');
  if (local && local.value !== 'local') refuseChoice(run, directive, local, '"local" after the number');
};

export const upstreamKeepalive: ModuleChecks = { directives: { keepalive } };
