/** Access logs: `ngx_http_log_module` and `ngx_stream_log_module`. */
import type { Place } from '../../../../../text/source.ts';
import { placeIn, type Directive, type Word } from '../../../../../syntax/tree.ts';
import { hasVariable } from '../../../meaning/values.ts';
import { defined, defineOnce, firstOf } from '../../named-once.ts';
import { anyText, checkParameters, matching, positiveSize, positiveTime, type Parameters } from '../../parameters.ts';
import { refuseChoice, refuseForm, refuseLack } from '../../refuse.ts';
import { remembered, type ModuleChecks, type NginxCheck, type Run } from '../../run.ts';
import { checkVariables } from '../../variables.ts';
import { checkLogTarget } from './syslog.ts';
import { openLogFileCache } from './open-file-cache.ts';

type Family = 'http' | 'stream';

interface FormatUse {
  readonly name: string;
  readonly at: Place;
  readonly directive: Directive;
  readonly family: Family;
}

const usedFormats = remembered((): FormatUse[] => []);

function logFormat(family: Family): NginxCheck {
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

const parameters: Parameters = {
  'buffer=': positiveSize,
  'flush=': positiveTime,
  gzip: undefined,
  'gzip=': matching('a level from 1 to 9', /^[1-9]$/),
  'if=': anyText,
};

function accessLog(family: Family): NginxCheck {
  return (directive, run) => {
    const [path, format, ...rest] = directive.args as readonly [Word, Word?, ...Word[]];
    if (path.value === 'off') {
      if (format) refuseForm(run, directive, format, 'needed: nothing may follow "off"');
      return;
    }
    checkParameters(run, directive, rest, parameters);
    checkLogTarget(run, directive, path);
    for (const word of rest) if (word.value.startsWith('if=')) checkVariables(run, directive, word, family);
    const isBuffered = rest.some(({ value }) => /^(?:buffer=|gzip)/.test(value));
    if (!isBuffered && rest.some(({ value }) => value.startsWith('flush='))) {
      refuseLack(run, directive, 'the parameter "buffer=", which "flush=" needs');
    }
    if (isBuffered && path.value.startsWith('syslog:'))
      refuseForm(run, directive, path, 'a path of a file, which a buffered log needs');
    if (isBuffered) checkBuffer(run, directive, path.value);
    if (isBuffered && hasVariable(path.value))
      refuseForm(run, directive, path, 'a path without variables, which a buffered log needs');
    if (!format) {
      if (family === 'stream') refuseLack(run, directive, 'a log format');
    } else if (run.config.serversComplete)
      usedFormats(run).push({ name: format.value, at: placeIn(directive, format), directive, family });
  };
}

/** All buffered logs of one file share their buffer. */
function checkBuffer(run: Run, directive: Directive, path: string): void {
  const first = firstOf(run, `buffered log ${path}`, directive);
  if (!first || optionsOf(first) === optionsOf(directive)) return;
  const related = [{ at: first, message: 'the first is here' }];
  const data = { name: path };
  run.refusals.report({ rule: 'conflicting-directives', message: 'buffer', at: directive, data, related });
}

function optionsOf({ args }: Directive): string {
  const options = args.slice(2).filter(({ value }) => /^(?:buffer=|flush=|gzip)/.test(value));
  return options
    .map(({ value }) => value)
    .sort()
    .join(' ');
}

function checkFormats(run: Run): void {
  const { refusals } = run;
  for (const { name, at, directive, family } of usedFormats(run)) {
    if (family === 'http' && name.toLowerCase() === 'combined') continue;
    const definition = defined(run).get(`log_format ${family} ${name}`);
    if (!definition) refusals.report({ rule: 'unknown-log-format', message: 'unknown', at, data: { name } });
    else if (isLater(definition, directive)) {
      const related = [{ at: definition, message: 'the definition' }];
      refusals.report({ rule: 'unknown-log-format', message: 'later', at, data: { name }, related });
    }
  }
}

/** Within one file only; across files the order is that of the includes, which is not followed here. */
function isLater(definition: Directive, use: Directive): boolean {
  return definition.parent.file === use.parent.file && definition.start > use.start;
}

/** `end` judges the formats of both families, so one of the two modules has it. */
export const httpLog: ModuleChecks = {
  directives: { log_format: logFormat('http'), access_log: accessLog('http'), open_log_file_cache: openLogFileCache },
  end: checkFormats,
};

export const streamLog: ModuleChecks = {
  directives: {
    log_format: logFormat('stream'),
    access_log: accessLog('stream'),
    open_log_file_cache: openLogFileCache,
  },
};
