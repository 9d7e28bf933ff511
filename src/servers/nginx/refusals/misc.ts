/** Setters that stand alone, by the C function each follows. */
import type { Directive, Word } from '../../../syntax/tree.ts';
import { captureGroups } from '../../../regex/captures.ts';
import { isCidr } from '../meaning/address.ts';
import type { Check } from './entries.ts';
import { checkRegex } from './regexes.ts';
import { refuseChoice, refuseForm, type Run } from './run.ts';
import { hasVariable, parseNumber, parseSize, parseTime } from '../meaning/values.ts';

/** Refuses the first argument unless it is one of the words or passes the test. */
function firstArgument(expected: string, accepts: (text: string) => boolean): Check {
  return (directive, run) => {
    const word = directive.args[0]!;
    if (!accepts(word.value)) refuseForm(run, directive, word, expected);
  };
}

const eventMethods = new Set(['epoll', 'select', 'poll', 'kqueue', '/dev/poll', 'eventport', 'rtsig', 'iocp', 'win32']);

export const workerProcesses = firstArgument(
  '"auto" or a number above 0',
  (text) => text === 'auto' || parseNumber(text) > 0,
);
export const anyNumber = firstArgument('a whole number', (text) => !Number.isNaN(parseNumber(text)));
export const workerPriority = firstArgument('a whole number, with "-" before it if negative', (text) =>
  /^-?\d+$/.test(text),
);
export const eventMethod = firstArgument('an event method such as "epoll"', (text) => eventMethods.has(text));
export const directio = firstArgument(
  '"off" or a size such as "4m"',
  (text) => text === 'off' || parseSize(text, true) >= 0,
);
export const aio = firstArgument('"on", "off" or "threads"', (text) => /^(?:on|off|threads(?:=.*)?)$/s.test(text));
export const networks = firstArgument(
  '"all", "unix:" or an address such as "10.0.0.0/8"',
  (text) => isNetwork(text) || text === 'all',
);
/** Names are resolved here, so only what looks like an address can be judged; `10.1` is one that resolvers know. */
export const trustedNetworks = firstArgument(
  'an address such as "10.0.0.0/8", a host name or "unix:"',
  (text) => isNetwork(text) || /^\d+(?:\.\d+){0,2}$/.test(text) || !/^[\d.]+(?:\/|$)|\/|:/.test(text),
);

function isNetwork(text: string): boolean {
  return text === 'unix:' || isCidr(text);
}

export const keepaliveTimeout: Check = (directive, run) => {
  const [timeout, header] = directive.args as readonly [Word, Word?];
  if (Number.isNaN(parseTime(timeout.value))) refuseForm(run, directive, timeout, 'a time such as "75s"');
  if (header && Number.isNaN(parseTime(header.value, true))) refuseForm(run, directive, header, 'a time such as "20s"');
};

const day = 86_400;

/** `ngx_http_parse_expires`. */
export const expires: Check = (directive, run) => {
  const { args } = directive;
  const isModified = args.length === 2;
  if (isModified && args[0]!.value !== 'modified') refuseChoice(run, directive, args[0]!, '"modified" before a time');
  const word = args.at(-1)!;
  if (hasVariable(word.value) || (!isModified && /^(?:epoch|max|off)$/.test(word.value))) return;
  const daily = word.value.startsWith('@');
  const time = parseTime(word.value.replace(/^[@+-]/, ''), true);
  if (Number.isNaN(time) || (daily && (isModified || time > day))) {
    refuseForm(run, directive, word, '"epoch", "max", "off", a time such as "30d", or a time of day such as "@15h"');
  }
};

const methods = /^(?:GET|HEAD|POST|PUT|DELETE|MKCOL|COPY|MOVE|OPTIONS|PROPFIND|PROPPATCH|LOCK|UNLOCK|PATCH)$/i;

export const limitExcept: Check = (directive, run) => {
  for (const word of directive.args) {
    if (!methods.test(word.value))
      refuseForm(run, directive, word, 'a method that nginx knows, such as "GET" or "POST"');
  }
};

const levels = /^(?:debug|info|notice|warn|error|crit|alert|emerg|debug_(?:core|alloc|mutex|event|http|mail|stream))$/;

export const errorLog: Check = (directive, run) => {
  for (const word of directive.args.slice(1)) {
    if (!levels.test(word.value)) {
      refuseChoice(run, directive, word, '"debug", "info", "notice", "warn", "error", "crit", "alert" and "emerg"');
    }
  }
};

export const disableSymlinks: Check = (directive, run) => {
  for (const word of directive.args) {
    if (!/^(?:off|on|if_not_owner|from=.*)$/s.test(word.value)) {
      refuseChoice(run, directive, word, '"off", "on", "if_not_owner" and "from="');
    }
  }
};

export const sslSessionCache: Check = (directive, run) => {
  for (const word of directive.args) {
    const { value } = word;
    if (/^(?:off|none|builtin|builtin:\d+)$/.test(value)) continue;
    const shared = /^shared:([^:]+):(.*)$/s.exec(value);
    if (!shared || !(parseSize(shared[2]!) >= 8 * 4096)) {
      refuseForm(run, directive, word, '"off", "none", "builtin" or "shared:name:size" with a size of at least 32k');
    }
  }
};

export const upstreamKeepalive: Check = (directive, run) => {
  const [connections, local] = directive.args as readonly [Word, Word?];
  if (!(parseNumber(connections.value) >= 0)) refuseForm(run, directive, connections, 'a number of connections');
  if (local && local.value !== 'local') refuseChoice(run, directive, local, '"local" after the number');
};

/** Several upstreams may share a zone whose size stands in one of them. */
export const upstreamZone: Check = (directive, run) => {
  const [zone, size] = directive.args as readonly [Word, Word?];
  const key = `upstream zone ${zone.value}`;
  if (!size) {
    if (run.config.complete) run.usedZones.push({ name: zone.value, key, directive, definer: 'zone name size' });
  } else if (parseSize(size.value) >= 8 * 4096) run.defined.set(key, directive);
  else refuseForm(run, directive, size, 'a size of at least 32k');
};

export const consistentHash: Check = (directive, run) => secondArgument(directive, run, 'consistent');

function secondArgument(directive: Directive, run: Run, known: string): void {
  const second = directive.args[1];
  if (second && second.value !== known) refuseChoice(run, directive, second, `"${known}" after the key`);
}

export const conditionalHeader: Check = (directive, run) => {
  const third = directive.args[2];
  if (third && third.value !== 'always') refuseChoice(run, directive, third, '"always" after the value');
};

export const parameterOption: Check = (directive, run) => {
  const third = directive.args[2];
  if (third && third.value !== 'if_not_empty') refuseChoice(run, directive, third, '"if_not_empty" after the value');
};

/** `proxy_cookie_path` and `proxy_cookie_domain` with one argument. */
export const offAlone: Check = (directive, run) => {
  const [first, second] = directive.args;
  if (!second && first!.value !== 'off') refuseForm(run, directive, first!, '"off", or the first of two values');
};

export const splitPathInfo: Check = (directive, run) => {
  const word = directive.args[0]!;
  if (checkRegex(run, directive, word) && captureGroups(word.value).length !== 2) {
    refuseForm(run, directive, word, 'a pattern with two groups');
  }
};

/** `~` before a pattern, in `proxy_redirect`, `proxy_cookie_path` and their like. */
export const leadingPattern: Check = (directive, run) => {
  const word = directive.args[0]!;
  if (directive.args.length > 1 && word.value.startsWith('~'))
    checkRegex(run, directive, word, word.value.startsWith('~*') ? 2 : 1);
};
