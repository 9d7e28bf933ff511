/** The messages that sslh and libconfig have for a config, read from their sources. */
import { argumentsAt, functionsOf, literalOf } from '../inventory-apache/c-source.ts';
import type { SslhMessage } from './types.ts';

type Found = Omit<SslhMessage, 'releases'>;

/** Calls that print, with the number of the argument that holds the format; what is only told in passing is left out. */
const calls = /\b(print_message|fprintf|log_message|c2s_asprintf|CHECK_RES_DIE)\s*\(/g;
const severe = /^(?:msg_config_error|msg_system_error|stderr|LOG_ERR|LOG_CRIT)$/;
/** What follows a message that ends the program. `sslh-conf.c` gives up by 0, but for its last function. */
const ends = (values: string): RegExp =>
  new RegExp(String.raw`^\s*;\s*(?:if \([^;]*;\s*)?(?:exit\s*\(|return\s+(?:${values})\s*;|goto fail)`);
const failures = { 'sslh-conf': ends('0'), others: ends('-1|1|res') };

/** @param name of the C file without its end */
export function sslhMessages(name: string, source: string): Found[] {
  const found: Found[] = [];
  for (const each of functionsOf(`${name}.c`, source)) {
    const failure = name === 'sslh-conf' && !each.name.endsWith('cl_parse') ? failures['sslh-conf'] : failures.others;
    for (const match of each.body.matchAll(calls)) {
      const start = match.index + match[0].length;
      const words = argumentsAt(each.body, start);
      const kind = match[1]!;
      if (kind !== 'c2s_asprintf' && kind !== 'CHECK_RES_DIE' && !severe.test(words[0] ?? '')) continue;
      const message = literalOf(words[1] ?? '');
      if (message === undefined || !/[a-z]{3}/i.test(message)) continue;
      const isFatal = kind === 'CHECK_RES_DIE' || failure.test(each.body.slice(endOfCall(each.body, start)));
      found.push({ program: 'sslh', file: name, function: each.name, message: message.trim(), fatal: isFatal });
    }
  }
  return found;
}

function endOfCall(body: string, start: number): number {
  let depth = 1;
  const piece = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[()]/g;
  piece.lastIndex = start;
  for (let match = piece.exec(body); match; match = piece.exec(body)) {
    if (match[0] === '(') depth++;
    if (match[0] === ')' && --depth === 0) return piece.lastIndex;
  }
  return body.length;
}

/** libconfig names its errors once a file; bison has one of its own. */
export function libconfigMessages(name: string, source: string): Found[] {
  const named = [...source.matchAll(/^static const char \*(\w*err\w*) = "([^"]+)"/gm)].map(([, variable, message]) => ({
    function: variable!,
    message: message!,
  }));
  const own = name === 'grammar' ? [{ function: 'yyparse', message: 'syntax error' }] : [];
  return [...named, ...own].map((each) => ({ program: 'libconfig', file: name, ...each, fatal: true }));
}
