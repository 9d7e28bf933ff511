/** Shared zones, logs and caches of files. */
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { isBefore } from '../../../model/versions.ts';
import { isIpv4, serverAddress } from '../meaning/address.ts';
import type { Check } from './entries.ts';
import {
  anyText,
  checkParameters,
  count,
  matching,
  onOff,
  parameter,
  positive,
  positiveSize,
  positiveTime,
  seconds,
  zone,
  type Parameters,
} from './parameters.ts';
import { mayHold } from './missing.ts';
import { refuseChoice, refuseForm, refuseLack, type Run } from './run.ts';
import { hasVariable, parseNumber } from '../meaning/values.ts';
import { checkVariables } from './variables.ts';

const limitReqZoneParameters: Parameters = {
  'zone=': zone(8),
  'rate=': matching('a rate such as "10r/s" or "30r/m"', /^0*[1-9]\d*(r\/[sm])?$/),
  sync: undefined,
};

export const limitReqZone: Check = (directive, run) => {
  checkParameters(run, directive, directive.args.slice(1), limitReqZoneParameters);
  defineZone(run, directive, parameter(directive, 'zone'));
};

const limitConnZoneParameters: Parameters = { 'zone=': zone(8) };

export const limitConnZone: Check = (directive, run) => {
  checkParameters(run, directive, directive.args.slice(1), limitConnZoneParameters);
  defineZone(run, directive, parameter(directive, 'zone'));
};

/** @param value `name:size`; undefined: the parameter is missing */
function defineZone(run: Run, directive: Directive, value: string | undefined): void {
  if (value === undefined) refuseLack(run, directive, 'the parameter "zone="');
  else defineOnce(run, directive, `zone ${value.split(':')[0]}`, 'duplicate-zone', value.split(':')[0]!);
}

function defineOnce(
  { defined, refusals }: Run,
  directive: Directive,
  key: string,
  rule: 'duplicate-zone' | 'duplicate-upstream' | 'duplicate-log-format',
  name: string,
): void {
  const first = defined.get(key);
  if (!first) defined.set(key, directive);
  else
    refusals.add(rule, {
      message: 'repeated',
      at: directive,
      data: { name },
      related: [{ at: first, message: 'the first is here' }],
    });
}

export const cacheZone: Check = (directive, run) => {
  const value = parameter(directive, 'keys_zone');
  if (value !== undefined) defineZone(run, directive, value);
};

export function upstream(family: 'http' | 'stream'): Check {
  return (directive, run) => {
    const name = directive.args[0]!.value;
    defineOnce(run, directive, `upstream ${family} ${name}`, 'duplicate-upstream', name);
    if (directive.block && !mayHold(directive.block, ['server'])) {
      const { close } = directive.block;
      const related = close && [{ at: placeIn(directive, close), message: 'the server notices it here' }];
      run.refusals.add('missing-directive', {
        message: 'servers',
        at: directive,
        data: { name },
        ...(related && { related }),
      });
    }
    checkResolving(run, directive, name);
  };
}

/** `ngx_http_upstream_init_round_robin`: names that are looked up again and again need a zone to be kept in, and somebody to ask. */
function checkResolving({ refusals, version }: Run, directive: Directive, name: string): void {
  const { block, parent } = directive;
  if (!block || isBefore(version, '1.27.3')) return;
  for (const server of childrenNamed(block, 'server')) {
    const resolve = server.args.find(({ value }, index) => index > 0 && value === 'resolve');
    const host = server.args[0]?.value.replace(/:\d+$/, '') ?? '';
    if (!resolve || isIpv4(host) || /^(?:\[|unix:)/.test(host)) continue;
    const hasZone = mayHold(block, ['zone']);
    if (hasZone && (mayHold(block, ['resolver']) || parent.owner === undefined || mayHold(parent, ['resolver'])))
      continue;
    const related = [{ at: directive, message: 'the upstream' }];
    const message = hasZone ? 'resolver' : 'zone';
    refusals.add('missing-directive', { message, at: placeIn(server, resolve), data: { name }, related });
    return;
  }
}

const limitReqParameters: Parameters = { 'zone=': anyText, 'burst=': positive, 'delay=': positive, nodelay: undefined };

export const limitReq: Check = (directive, run) => {
  checkParameters(run, directive, directive.args, limitReqParameters);
  const name = parameter(directive, 'zone');
  if (name === undefined) refuseLack(run, directive, 'the parameter "zone="');
  else useLimit(run, directive, name, 'limit_req_zone');
};

export const limitConn: Check = (directive, run) => {
  const [name, connections] = directive.args as readonly [Word, Word];
  const number = parseNumber(connections.value);
  if (!(number > 0 && number < 65_536))
    refuseForm(run, directive, connections, 'a number of connections from 1 to 65535');
  useLimit(run, directive, name.value, 'limit_conn_zone');
};

export const cache: Check = (directive, run) => {
  const { value } = directive.args[0]!;
  if (value !== 'off' && !hasVariable(value)) useZone(run, directive, value, `${directive.key}_path`);
};

/** A level may have one limit a zone. */
function useLimit(run: Run, directive: Directive, name: string, definer: string): void {
  const owner = directive.parent.owner;
  const key = `${directive.key} ${owner ? run.serverNumber(owner) : ''} ${name}`;
  const first = run.defined.get(key);
  if (!first) run.defined.set(key, directive);
  else {
    const related = [{ at: first, message: `"${directive.key}" is first set here` }];
    run.refusals.add('duplicate-directive', {
      message: 'repeated',
      at: directive,
      data: { name: directive.key },
      related,
    });
  }
  useZone(run, directive, name, definer);
}

function useZone(run: Run, directive: Directive, name: string, definer: string): void {
  if (run.config.complete) run.usedZones.push({ name, key: `zone ${name}`, directive, definer });
}

export function logFormat(family: 'http' | 'stream'): Check {
  return (directive, run) => {
    const [name, ...rest] = directive.args as readonly [Word, ...Word[]];
    if (family === 'http' && name.value === 'combined') {
      refuseForm(run, directive, name, 'a new name: nginx defines this format itself');
    } else defineOnce(run, directive, `log_format ${family} ${name.value}`, 'duplicate-log-format', name.value);
    const escape = /^escape=(.*)$/s.exec(rest[0]?.value ?? '');
    if (escape && !/^(?:default|json|none)$/.test(escape[1]!)) {
      refuseChoice(run, directive, rest[0]!, '"escape=default", "escape=json" or "escape=none"');
    }
    for (const word of rest) if (hasVariable(word.value)) checkVariables(run, directive, word, family);
  };
}

const accessLogParameters: Parameters = {
  'buffer=': positiveSize,
  'flush=': positiveTime,
  gzip: undefined,
  'gzip=': matching('a level from 1 to 9', /^[1-9]$/),
  'if=': anyText,
};

export function accessLog(family: 'http' | 'stream'): Check {
  return (directive, run) => {
    const [path, format, ...rest] = directive.args as readonly [Word, Word?, ...Word[]];
    if (path.value === 'off') {
      if (format) refuseForm(run, directive, format, 'needed: nothing may follow "off"');
      return;
    }
    checkParameters(run, directive, rest, accessLogParameters);
    const isBuffered = rest.some(({ value }) => /^(?:buffer=|gzip)/.test(value));
    if (!isBuffered && rest.some(({ value }) => value.startsWith('flush='))) {
      refuseLack(run, directive, 'the parameter "buffer=", which "flush=" needs');
    }
    if (isBuffered && hasVariable(path.value))
      refuseForm(run, directive, path, 'a path without variables, which a buffered log needs');
    if (!format) {
      if (family === 'stream') refuseLack(run, directive, 'a log format');
    } else if (run.config.complete)
      run.usedFormats.push({ name: format.value, at: placeIn(directive, format), directive, family });
  };
}

const openFileCacheParameters: Parameters = { 'max=': positive, 'inactive=': seconds, off: undefined };

export const openFileCache: Check = (directive, run) => {
  checkParameters(run, directive, directive.args, openFileCacheParameters);
  if (!directive.args.some(({ value }) => value === 'off' || value.startsWith('max='))) {
    refuseLack(run, directive, 'the parameter "max="');
  }
};

export const openLogFileCacheParameters: Parameters = {
  ...openFileCacheParameters,
  'valid=': seconds,
  'min_uses=': positive,
};

const resolverParameters: Parameters = {
  'valid=': seconds,
  'ipv4=': onOff,
  'ipv6=': onOff,
  'status_zone=': anyText,
};

export const resolver: Check = (directive, run) => {
  checkParameters(
    run,
    directive,
    directive.args.filter(({ value }) => value.includes('=')),
    resolverParameters,
  );
  if (directive.args.every(({ value }) => /^(?:valid|ipv[46]|status_zone)=/.test(value))) {
    refuseLack(run, directive, 'the address of a name server');
  }
  for (const word of directive.args) {
    const fault = word.value.includes('=') ? undefined : serverAddress(word.value).fault;
    if (fault) refuseForm(run, directive, word, fault);
  }
};

export const threadPool: Check = (directive, run) => {
  checkParameters(run, directive, directive.args.slice(1), { 'threads=': positive, 'max_queue=': count });
};
