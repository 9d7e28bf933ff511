import { atoi } from '../../facts/numbers.ts';
import { isKnownStatus } from '../../facts/status.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import type { Around } from '../around.ts';
import { judgeRegexAt } from '../regex.ts';
import { badChoice, badForm, refusal, wrongCount, type Handler, type Handlers, type Refusal } from '../refusal.ts';

const maximalPort = 65_535;
/** That of `trace8`. */
const finestLevel = 15;
/** The names under which httpd's own modules register their locks. */
const mutexTypes = (
  'default mpm-accept authdigest-client authdigest-opaque authn-socache cache-socache ldap-cache lua-ivm-shm proxy ' +
  'proxy-balancer-shm rewrite-map ssl-cache ssl-stapling ssl-stapling-refresh watchdog-callback'
).split(' ');

/** `server_hostname_port` of `server/core.c`. */
function judgeServerName(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  if (!word) return undefined;
  if (/[*?]|^[^[]*\[.*\]/.test(word.value)) return refusal(directive, 'wildcards are for "ServerAlias" only', word);
  const scheme = word.value.indexOf('://');
  const [, port] = /:(.*)/s.exec(scheme === -1 ? word.value : word.value.slice(scheme + 3)) ?? [];
  if (port === undefined || (atoi(port) >= 1 && atoi(port) <= maximalPort)) return undefined;
  return badForm(directive, word, 'a name with a port from 1 to 65535');
}
function judgeErrorDocument(directive: Directive): Refusal | undefined {
  const [code] = directive.args;
  if (!code || isKnownStatus(Number.parseInt(code.value, 10))) return undefined;
  return badForm(directive, code, 'an HTTP status that the server knows');
}

/** `ErrorLogFormat [connection|request] format`: the one of the messages must hold them. */
function judgeErrorLog(directive: Directive): Refusal | undefined {
  const [format, second] = directive.args;
  if (!format) return undefined;
  if (second && !/^(?:connection|request)$/i.test(format.value)) {
    return badForm(directive, format, '"connection" or "request", and a format');
  }
  const word = second ?? format;
  const items = [...word.value.matchAll(/%(?:[% ]|(?:[+-]|\d+|\{[^}]*\}?)*([^]?))/g)].filter(
    ([whole]) => whole !== '%%' && whole !== '% ',
  );
  const bad = items.find(([, letter = '']) => !/^[aAeEFiklLmMnPtTvV]$/.test(letter));
  if (bad) return refusal(directive, `"${bad[0]}" is no format that it knows`, word);
  const level = items.map(([whole]) => /^%[+-]*(\d+)/.exec(whole)?.[1]).find((digits) => digits !== undefined);
  if (level !== undefined && (second || Number(level) > finestLevel)) {
    return refusal(
      directive,
      second ? 'a level is for the format of messages only' : `there is no level ${level}`,
      word,
    );
  }
  const hasMessage = items.some(([, letter]) => letter === 'M');
  if (second && hasMessage) return refusal(directive, '"%M" is for the format of messages only', word);
  if (second) return undefined;
  if (items.some(([whole]) => whole.includes('+')))
    return refusal(directive, '"+" is not for the format of messages', word);
  return hasMessage ? undefined : refusal(directive, 'the format of messages must contain "%M"', word);
}

/** `ifsection` and `elseifsection`; for sections that the server surely reads. */
export function judgeBranch(directive: Directive, { branches }: Around): Refusal | undefined {
  if (!/^(?:if|elseif|else)$/.test(directive.key) || branches.enter(directive.key)) return undefined;
  return refusal(directive, 'there is no <If> or <ElseIf> before it on the same level');
}

/** `ap_set_mutex`, which reads its line itself. */
function judgeMutex(directive: Directive): Refusal | undefined {
  const [mechanism, ...types] = directive.args;
  if (mechanism && /^none?$/i.test(mechanism.value))
    return refusal(directive, 'no lock may go without a mechanism', mechanism);
  if (!mechanism) return wrongCount(directive, 'at least 1 argument');
  const bad = types.find(({ value }) => !/^omitpid$/i.test(value) && !mutexTypes.includes(value));
  return bad && badChoice(directive, bad, mutexTypes);
}

/** It says what it is told to, and refuses the config. */
function judgeError(directive: Directive, around: Around): Refusal | undefined {
  return around.certain ? refusal(directive, 'it ends the start of the server with its message') : undefined;
}

function judgeOverrideList(directive: Directive): Refusal | undefined {
  const none = directive.args.length > 1 ? directive.args.find(({ value }) => /^none$/i.test(value)) : undefined;
  return none && refusal(directive, '"None" excludes other directives', none);
}

/** `<Location ~ "regex">`. */
const judgeSection: Handler = (directive) =>
  directive.block && directive.args[0]?.value === '~' ? judgeRegexAt(directive, 1) : undefined;

const judgeMatchSection: Handler = (directive) => judgeRegexAt(directive, 0);

/** `ap_limit_section`: unknown methods are registered. */
function judgeLimit(directive: Directive): Refusal | undefined {
  const trace = directive.args.find(({ value }) => value === 'TRACE');
  return trace && refusal(directive, 'TRACE is a matter of "TraceEnable"', trace);
}

export const handlers: Handlers = {
  allowoverridelist: judgeOverrideList,
  directory: judgeSection,
  directorymatch: judgeMatchSection,
  error: judgeError,
  errordocument: judgeErrorDocument,
  errorlogformat: judgeErrorLog,
  files: judgeSection,
  filesmatch: judgeMatchSection,
  limit: judgeLimit,
  limitexcept: judgeLimit,
  location: judgeSection,
  locationmatch: judgeMatchSection,
  mutex: judgeMutex,
  servername: judgeServerName,
};
