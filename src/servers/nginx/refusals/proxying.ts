/** Addresses of backends, and caches: `ngx_http_proxy_module.c`, `ngx_http_upstream.c`, `ngx_http_file_cache.c`. */
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { formatVersion, isBefore } from '../../../model/versions.ts';
import { isIpv4, isIpv6, serverAddress, urlAddress } from '../meaning/address.ts';
import type { Check } from './entries.ts';
import { placeWithoutUri } from './locations.ts';
import {
  checkParameters,
  count,
  matching,
  offset,
  onOff,
  positive,
  seconds,
  someText,
  time,
  zone,
  type Parameters,
} from './parameters.ts';
import { refuseForm, refuseLack, type Run } from './run.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';
import { hasVariable, parseNumber, parseTime } from '../meaning/values.ts';

/** `proxy_pass` in http. */
export const proxyPass: Check = (directive, run) => {
  const word = directive.args[0]!;
  if (hasVariable(word.value) || isPlaceholder(word.value)) return;
  const scheme = /^https?:\/\//i.exec(word.value);
  if (!scheme) {
    refuseForm(run, directive, word, 'a URL that begins with "http://" or "https://"');
    return;
  }
  const { fault, uri } = urlAddress(word.value.slice(scheme[0].length), true);
  if (fault) refuseForm(run, directive, word, fault);
  else if (uri) checkUriPlace(run, directive, word, uri);
};

function checkUriPlace(run: Run, directive: Directive, word: Word, uri: string): void {
  const where = placeWithoutUri(directive);
  if (!where) return;
  run.refusals.add('proxy-pass-uri-in-regex', { message: 'uri', at: placeIn(directive, word), data: { uri, where } });
}

/** `fastcgi_pass`, `uwsgi_pass` and so on: an address, with a scheme before it for some. */
export function addressCheck(scheme: RegExp, family: 'http' | 'stream' = 'http', variables = true): Check {
  return (directive, run) => {
    const word = directive.args[0];
    if (!word || (variables && hasVariable(word.value)) || isPlaceholder(word.value)) return;
    const address = word.value.replace(scheme, '');
    const { fault } = urlAddress(address, false);
    if (fault) refuseForm(run, directive, word, fault);
    else if (run.config.complete && address === word.value && !/[:/]/.test(address)) {
      run.portless.push({ word, directive, key: `upstream ${family} ${address}` });
    }
  };
}

const serverParameters: Parameters = {
  'weight=': positive,
  'max_conns=': count,
  'max_fails=': count,
  'fail_timeout=': seconds,
  backup: undefined,
  down: undefined,
};
const serverAdditions: readonly (readonly [name: string, since: string])[] = [
  ['resolve', '1.27.3'],
  ['service=', '1.27.3'],
  ['drain', '1.29.6'],
  ['route=', '1.29.6'],
];
const allServerParameters: Parameters = {
  ...serverParameters,
  resolve: undefined,
  'service=': someText,
  drain: undefined,
  'route=': someText,
};

/** `server` in `upstream`. nginx Plus had `resolve` and its like long before nginx: for an older target nothing is said of them. */
export const upstreamServer =
  (needsPort: boolean): Check =>
  (directive, run) => {
    const [address, ...rest] = directive.args;
    const lacksPort =
      needsPort && !address!.value.includes(':') && !rest.some(({ value }) => value.startsWith('service='));
    const fault = serverAddress(address!.value).fault ?? (lacksPort ? 'an address with a port' : undefined);
    if (fault) refuseForm(run, directive, address!, fault);
    checkParameters(
      run,
      directive,
      rest.filter(({ value }) => value !== 'slow_start' && !value.startsWith('slow_start=')),
      allServerParameters,
    );
    for (const [name, since] of serverAdditions) {
      const word = rest.find(({ value }) => value === name || (name.endsWith('=') && value.startsWith(name)));
      if (!word || !run.target || !isBefore(run.version, since)) continue;
      const data = { name: directive.key, value: word.value, version: since, target: formatVersion(run.version) };
      run.refusals.add('needs-newer-version', { message: 'value', at: placeIn(directive, word), data });
    }
  };

const cacheParameters: Parameters = {
  'levels=': matching('one to three numbers of 1 or 2, divided by ":"', /^[12](:[12]){0,2}$/),
  'use_temp_path=': onOff,
  'keys_zone=': zone(2),
  'inactive=': seconds,
  'max_size=': offset,
  'min_free=': offset,
  'loader_files=': count,
  'loader_sleep=': time,
  'loader_threshold=': time,
  'manager_files=': count,
  'manager_sleep=': time,
  'manager_threshold=': time,
};
const plusCacheParameters = /^purger(?:=|_files=|_sleep=|_threshold=)/;

export const cachePath: Check = (directive, run) => {
  const rest = directive.args.slice(1);
  checkParameters(
    run,
    directive,
    rest.filter(({ value }) => !plusCacheParameters.test(value)),
    cacheParameters,
  );
  if (!rest.some(({ value }) => value.startsWith('keys_zone=')))
    refuseLack(run, directive, 'the parameter "keys_zone="');
};

export const cacheValid: Check = (directive, run) => {
  const { args } = directive;
  const last = args.at(-1)!;
  if (Number.isNaN(parseTime(last.value, true))) refuseForm(run, directive, last, 'a time such as "10m"');
  for (const word of args.slice(0, -1)) {
    const status = parseNumber(word.value);
    if (word.value !== 'any' && !(status >= 100 && status <= 599)) {
      refuseForm(run, directive, word, '"any" or a status code from 100 to 599');
    }
  }
};

/** `proxy_redirect` with one argument. */
export const proxyRedirect: Check = (directive, run) => {
  const [first, second] = directive.args;
  if (second || first!.value === 'off' || first!.value === 'default') return;
  refuseForm(run, directive, first!, '"off", "default", or the first of two values');
};

export const bind: Check = (directive, run) => {
  const [address, second] = directive.args as readonly [Word, Word?];
  if (address.value !== 'off' && !hasVariable(address.value) && !isSourceAddress(address.value)) {
    refuseForm(run, directive, address, '"off" or an IP address');
  }
  if (second && second.value !== 'transparent') refuseForm(run, directive, second, '"transparent"');
};

/** `ngx_parse_addr_port`. */
function isSourceAddress(text: string): boolean {
  const match = /^(?:\[([^\]]*)\]|([\d.]+))(?::(\d+))?$/.exec(text);
  if (!match) return isIpv6(text);
  return match[1] === undefined ? isIpv4(match[2]!) : isIpv6(match[1]);
}
