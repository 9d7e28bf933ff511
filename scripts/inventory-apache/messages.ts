/** The messages with which httpd refuses a config, or warns of one, while it loads it. */
import { argumentsAt, callsIn, functionsOf, literalOf, namesIn, statementAt, type CFunction } from './c-source.ts';

export interface Message {
  /** Base name of the C file. */
  readonly module: string;
  readonly function: string;
  /** A format as of `printf`. */
  readonly message: string;
}

/** `path`: below the root of the source; files that belong to one module lie in one folder. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

const hooks = /ap_hook_(?:pre_config|check_config|open_logs|post_config)\s*\(\s*(\w+)/g;
const isCommand = /\bcmd_parms\s*\*/;
const isProviderCreate = /^(?:static )?const char \*\s*socache_\w+_create\b/;
const returnsText = /\bconst\s+char\s*\*\)?\s*(?:\w+\s+)?\w+\s*\(/;

/** Each message once, in the order of the files. */
export function messagesOf(sources: readonly SourceText[]): Message[] {
  const functions = sources.flatMap(({ path, text }) => functionsOf(path, text));
  const hooked = new Set(sources.flatMap(({ text }) => [...text.matchAll(hooks)].map((match) => match[1]!)));
  const found = new Map<string, Message>();
  for (const each of reachable(functions, hooked)) {
    for (const message of textsIn(each)) {
      const entry = { module: moduleOf(each.file), function: each.name, message };
      found.set(`${entry.module}\n${message}`, found.get(`${entry.module}\n${message}`) ?? entry);
    }
  }
  return [...found.values()];
}

function moduleOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.[cly]$/, '');
}

/** Commands, hooks of start-up, and what they call in the files of their folder. */
function reachable(functions: readonly CFunction[], hooked: ReadonlySet<string>): CFunction[] {
  const byPlace = new Map<string, CFunction>();
  for (const each of functions) byPlace.set(`${folderOf(each.file)} ${each.name}`, each);
  const isRoot = ({ head, name }: CFunction): boolean =>
    isCommand.test(head) || hooked.has(name) || isProviderCreate.test(head);
  const reached = new Set(functions.filter(isRoot));
  for (const each of reached) {
    const isHook = !isCommand.test(each.head);
    for (const name of isHook ? callsIn(each) : namesIn(each)) {
      const called = byPlace.get(`${folderOf(each.file)} ${name}`);
      if (called && (isHook || returnsText.test(called.head))) reached.add(called);
    }
  }
  return functions.filter((each) => reached.has(each));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

const returned = /\breturn\b/g;
/** Variables that carry a refusal out of a function. */
const assigned = /(?:\*?\b(?:err|errmsg|err_msg|error|errstring|error_str|ret|rv|result|ap_?err)|parms->err)\s*=(?!=)/g;
const logged = /\bap_log_(?:error|perror|cerror|rerror)\s*\(/g;
const severe = /APLOG_(?:EMERG|ALERT|CRIT|ERR|WARNING|STARTUP)\b/;

function textsIn(each: CFunction): string[] {
  const { body, head } = each;
  const texts: string[] = [];
  if (isCommand.test(head) || returnsText.test(head)) {
    for (const { index } of body.matchAll(returned)) texts.push(...textsOf(statementAt(body, index + 6)));
  }
  for (const match of body.matchAll(assigned)) {
    texts.push(...textsOf(statementAt(body, match.index + match[0].length)));
  }
  for (const match of body.matchAll(logged)) {
    const words = argumentsAt(body, match.index + match[0].length);
    if (!words.some((word) => severe.test(word))) continue;
    const format = words.find((word) => /"|APLOGNO/.test(word));
    const text = format && literalOf(format);
    if (text) texts.push(text);
  }
  return texts.filter((text) => /[a-z]{3}/i.test(text.replaceAll('%s', '')));
}

/** The texts that an expression may have: literals, `apr_psprintf`, `apr_pstrcat`, either side of a condition. */
function textsOf(expression: string): string[] {
  const trimmed = expression.trim();
  const call = /^(apr_psprintf|apr_pstrcat)\s*\(/.exec(trimmed);
  if (call) {
    const words = argumentsAt(trimmed, call[0].length).slice(1);
    if (call[1] === 'apr_psprintf') return [literalOf(words[0] ?? '')].filter((text) => text !== undefined);
    const parts = words.filter((word) => !/^(?:NULL|\(char \*\) ?NULL)$/.test(word));
    return [parts.map((word) => literalOf(word) ?? '%s').join('')];
  }
  const condition = /^[^?"]*\?([^]*?):([^]*)$/.exec(trimmed);
  if (condition) return [...textsOf(condition[1]!), ...textsOf(condition[2]!)];
  if (!/^(?:APLOGNO\(\w*\)\s*)?"/.test(trimmed)) return [];
  const text = literalOf(trimmed);
  return text === undefined ? [] : [text];
}
