/** `ngx_syslog_parse_args`, and what a log may be written to. */
import type { Directive, Word } from '../../../../../syntax/tree.ts';
import { serverAddress } from '../../../meaning/address.ts';
import { parseSize } from '../../../meaning/values.ts';
import { refuseForm } from '../../refuse.ts';
import type { Run } from '../../run.ts';

const facilities =
  /^(?:kern|user|mail|daemon|auth|intern|lpr|news|uucp|clock|authpriv|ftp|ntp|audit|alert|cron|local[0-7])$/i;
const severities = /^(?:emerg|alert|crit|error|warn|notice|info|debug)$/i;

/** Judges the target of a log if it is no file; a text with variables is a path. */
export function checkLogTarget(run: Run, directive: Directive, word: Word): void {
  const [, kind, rest = ''] = /^(syslog|memory):(.*)$/s.exec(word.value) ?? [];
  const fault = kind === 'syslog' ? syslogFault(rest) : kind === 'memory' ? memoryFault(rest) : undefined;
  if (fault) refuseForm(run, directive, word, fault);
}

function memoryFault(size: string): string | undefined {
  return parseSize(size) > 0 ? undefined : '"memory:" with a size such as "32m"';
}

function syslogFault(text: string): string | undefined {
  const seen = new Set<string>();
  for (const part of text.split(',')) {
    const [, name, value = ''] = /^(server|facility|severity|tag)=(.*)$/s.exec(part) ?? [];
    if (name === undefined) {
      if (part === 'nohostname') continue;
      return 'a log for syslog with "server=", "facility=", "severity=", "tag=" and "nohostname" only';
    }
    if (seen.has(name)) return `a log for syslog that has "${name}=" once`;
    seen.add(name);
    const fault = partFault(name, value);
    if (fault) return fault;
  }
  return seen.has('server') ? undefined : 'a log for syslog with "server="';
}

function partFault(name: string, value: string): string | undefined {
  switch (name) {
    case 'server': {
      const { fault } = serverAddress(value);
      return fault && `a log for syslog whose server is ${fault}`;
    }
    case 'facility':
      return facilities.test(value) ? undefined : 'a log for syslog with a facility such as "local7"';
    case 'severity':
      return severities.test(value) ? undefined : 'a log for syslog with a severity such as "info"';
    default:
      return /^\w{0,32}$/.test(value) ? undefined : 'a log for syslog with a tag of at most 32 letters, digits and "_"';
  }
}
