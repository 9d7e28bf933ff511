/** Caches of `proxy`, `fastcgi`, `uwsgi` and `scgi`: `ngx_http_file_cache.c`. */
import type { Directive } from '../../../../../syntax/tree.ts';
import { isBefore } from '../../../../../model/versions.ts';
import { levelOf, ownSettings } from '../../in-force.ts';
import { hasVariable, parseNumber, parseTime } from '../../../meaning/values.ts';
import {
  checkParameters,
  count,
  matching,
  offset,
  onOff,
  parameter,
  seconds,
  time,
  zone,
  type Parameters,
} from '../../parameters.ts';
import { refuseForm, refuseLack } from '../../refuse.ts';
import type { ModuleChecks, NginxCheck, Run } from '../../run.ts';
import { addPath } from '../../paths.ts';
import { defineZone, useZone } from '../common/zones.ts';

const parameters: Parameters = {
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
const plusParameters = /^purger(?:=|_files=|_sleep=|_threshold=)/;

const cachePath: NginxCheck = (directive, run) => {
  const words = directive.args.slice(1).filter(({ value }) => !plusParameters.test(value));
  checkParameters(run, directive, words, parameters);
  const zoneName = parameter(directive, 'keys_zone');
  addPath(run, directive, true, parameter(directive, 'levels')?.split(':') ?? []);
  if (zoneName === undefined) refuseLack(run, directive, 'the parameter "keys_zone="');
  else defineZone(run, directive, zoneName);
};

const cacheValid: NginxCheck = (directive, run) => {
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

const cache: NginxCheck = (directive, run) => {
  const { value } = directive.args[0]!;
  if (value !== 'off') checkOther(run, directive, 'store');
  if (value !== 'off' && !hasVariable(value)) useZone(run, directive, value, `${directive.key}_path`);
};

/** A level either caches or stores. */
function checkOther(run: Run, directive: Directive, suffix: 'store' | 'cache'): void {
  const key = directive.key.replace(/[a-z]+$/, suffix);
  const other = ownSettings(run, levelOf(directive, run), key).find((it) => it.args[0]?.value !== 'off');
  if (!other || other.parent.file !== directive.parent.file || other.start > directive.start) return;
  const data = { name: directive.key, other: key };
  const related = [{ at: other, message: 'the other one is here' }];
  run.refusals.report({ rule: 'conflicting-directives', message: 'together', at: directive, data, related });
}

const store: NginxCheck = (directive, run) => {
  const path = directive.args[0]!;
  if (path.value !== 'off') checkOther(run, directive, 'cache');
  if (path.value === '' && !isBefore(run.version, '1.27.3')) refuseForm(run, directive, path, '"on", "off" or a path');
};

/** The checks of the caches of one module, whose directives begin with `prefix`. */
export function cacheChecks(prefix: string): ModuleChecks['directives'] {
  return {
    [`${prefix}_cache_path`]: cachePath,
    [`${prefix}_cache_valid`]: cacheValid,
    [`${prefix}_cache`]: cache,
    [`${prefix}_store`]: store,
  };
}
