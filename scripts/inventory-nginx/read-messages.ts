import type { Row } from './types.ts';

type Found = Pick<Row, 'function' | 'message' | 'level'>;

/** Calls that log, with the number of the argument that holds the text. */
const calls = /\b(ngx_conf_log_error|ngx_log_error|ngx_ssl_error|ngx_snprintf)\s*\(/g;
/** Logs of a config that is being read; those of a connection or a process are of run time. */
const configLogs = /^(?:cf|cycle|cf->cycle|ssl|conf)->log$|^cf$|^log$/;
const levels: Readonly<Record<string, Row['level']>> = {
  NGX_LOG_EMERG: 'emerg',
  NGX_LOG_ALERT: 'emerg',
  NGX_LOG_CRIT: 'emerg',
  NGX_LOG_ERR: 'emerg',
  NGX_LOG_WARN: 'warn',
};

/** The messages of one C file, each once a function. */
export function readMessages(source: string): Found[] {
  const text = source.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  const found = new Map<string, Found>();
  const add = (at: number, message: string, level: Row['level']): void => {
    const name = functionAt(text, at);
    if (name) found.set(`${name} ${message}`, { function: name, message, level });
  };
  for (const match of text.matchAll(calls)) {
    const args = argumentsAt(text, match.index + match[0].length);
    const isError = match[1] === 'ngx_snprintf';
    if (isError ? !/->err\b/.test(args[0] ?? '') : !configLogs.test(args[1] ?? '')) continue;
    const level = isError ? 'emerg' : levels[args[0] ?? ''];
    const message = literal(args[isError ? 2 : 3] ?? '');
    if (level && message) add(match.index, message, level);
  }
  // What a setter returns, and the faults of addresses, which the message around them names.
  for (const match of text.matchAll(
    /(?:\breturn|(?:->|\.)err =)\s+("(?:[^"\\\n]|\\.)*"(?:\s+"(?:[^"\\\n]|\\.)*")*)\s*;/g,
  )) {
    const message = literal(match[1]!);
    if (message && (match[0].includes('err =') || returnsText(text, match.index))) add(match.index, message, 'emerg');
  }
  return [...found.values()];
}

/** The arguments of a call, trimmed; strings may hold commas and parentheses. */
function argumentsAt(text: string, start: number): string[] {
  const args: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"' || character === "'") {
      for (at++; at < text.length && text[at] !== character; at++) if (text[at] === '\\') at++;
    } else if (character === '(') depth++;
    else if ((character === ',' || character === ')') && depth === 0) {
      args.push(text.slice(from, at).trim());
      from = at + 1;
      if (character === ')') return args;
    } else if (character === ')') depth--;
  }
  return args;
}

/** The text of string literals that follow each other; empty for anything else. */
function literal(argument: string): string {
  const pieces = argument.match(/"(?:[^"\\\n]|\\.)*"/g) ?? [];
  return pieces
    .map((piece) => piece.slice(1, -1).replace(/\\(.)/g, (_, it: string) => (it === 'n' ? '\n' : it)))
    .join('');
}

/** nginx writes the name of a function at the start of a line. */
const heads = /^(?:(\w[\w ]*?\*?)\s*\n)?(ngx_\w+)\(/gm;

function headBefore(text: string, at: number): RegExpExecArray | undefined {
  heads.lastIndex = 0;
  let last: RegExpExecArray | undefined;
  for (let match = heads.exec(text); match && match.index < at; match = heads.exec(text)) last = match;
  return last;
}

function functionAt(text: string, at: number): string | undefined {
  return headBefore(text, at)?.[2];
}

/** Whether the function around the place returns a text (`char *`). */
function returnsText(text: string, at: number): boolean {
  return headBefore(text, at)?.[1]?.endsWith('char *') ?? false;
}
