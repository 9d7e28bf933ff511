import { atoi } from '../../facts/numbers.ts';
import { isKnownStatus } from '../../facts/status.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import type { Around } from '../around.ts';
import { judgeRegexAt } from '../regex.ts';
import { badForm, refusal, wrongCount, type Handler, type Handlers, type Refusal } from '../refusal.ts';

const maximalPort = 65_535;

/** `server_hostname_port` of `server/core.c`. */
function judgeServerName(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  if (!word) return undefined;
  if (/[*?]|\[.*\]/.test(word.value)) return refusal(directive, 'wildcards are for "ServerAlias" only', word);
  const [, port] = /:(.*)/s.exec(word.value.replace(/^.*?:\/\//s, '')) ?? [];
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
  if (!format || second || /%[^%a-zA-Z]*(?:\{[^}]*\})?M/.test(format.value)) return undefined;
  return refusal(directive, 'the format of messages must contain "%M"', format);
}

/** `ifsection` and `elseifsection`; for sections that the server surely reads. */
export function judgeBranch(directive: Directive, { branches }: Around): Refusal | undefined {
  if (!/^(?:if|elseif|else)$/.test(directive.key) || branches.enter(directive.key)) return undefined;
  return refusal(directive, 'there is no <If> or <ElseIf> before it on the same level');
}

/** `ap_set_mutex`, which reads its line itself. */
function judgeMutex(directive: Directive): Refusal | undefined {
  return directive.args.length === 0 ? wrongCount(directive, 'at least 1 argument') : undefined;
}

/** `<Location ~ "regex">`. */
const judgeSection: Handler = (directive) =>
  directive.block && directive.args[0]?.value === '~' ? judgeRegexAt(directive, 1) : undefined;

const judgeMatchSection: Handler = (directive) => judgeRegexAt(directive, 0);

export const handlers: Handlers = {
  directory: judgeSection,
  directorymatch: judgeMatchSection,
  errordocument: judgeErrorDocument,
  errorlogformat: judgeErrorLog,
  files: judgeSection,
  filesmatch: judgeMatchSection,
  location: judgeSection,
  locationmatch: judgeMatchSection,
  mutex: judgeMutex,
  servername: judgeServerName,
};
