/** Header and RequestHeader (modules/metadata/mod_headers.c). */
import { wordTable } from '../../../text/word-table.ts';
import type { Item } from '../meaning/levels.ts';
import { headerOf } from '../../../syntax/tree.ts';
import type { TracedHeader } from '../../../model/trace.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import { giveUp, UnknownAnswer } from '../../../model/unknown.ts';
import { evaluateCondition, evaluateText } from './expr.ts';
import type { HeaderTable } from './header-table.ts';
import { levelsOf, regexOf, substitute, taken, textOf, type Request } from './state.ts';

type Table = 'request' | 'onsuccess' | 'always';

interface Operation {
  readonly item: Item;
  readonly action: string;
  readonly name: string;
  readonly value: string;
  readonly replacement: string;
  readonly condition: string | undefined;
}

/** Runs the operations on one table in the order of the levels, either the `early` ones or all others. */
export function applyHeaders(request: Request, table: Table, early: boolean): void {
  const target =
    table === 'request' ? request.headersIn : table === 'always' ? request.errHeadersOut : request.headersOut;
  for (const { level } of levelsOf(request.scope))
    for (const item of level.items) {
      const operation = readOperation(request, item, table);
      if (!operation || (operation.condition === 'early') !== early) continue;
      const applies = early || holds(request, operation);
      if (applies === unknown) applyPerhaps(request, operation, target);
      else if (applies) apply(request, operation, target);
    }
}

const withoutValue = new Set(['unset', 'echo']);

/** `[onsuccess|always] action name [value [replacement]] [early|env=...|expr=...]`. */
function readOperation(request: Request, item: Item, table: Table): Operation | undefined {
  const { directive } = item;
  if (directive.key !== (table === 'request' ? 'requestheader' : 'header')) return undefined;
  const words = directive.args.map((word) => textOf(request.setting, word));
  if (table !== 'request') {
    const first = words[0]?.toLowerCase() ?? '';
    const of = first === 'always' || first === 'onsuccess' ? (words.shift()!.toLowerCase() as Table) : 'onsuccess';
    if (of !== table) return undefined;
  }
  taken(request.setting, item);
  const action = words.shift()?.toLowerCase() ?? '';
  const name = (words.shift() ?? '').replace(/:$/, '');
  const value = withoutValue.has(action) ? '' : (words.shift() ?? '');
  const replacement = action.startsWith('edit') ? (words.shift() ?? '') : '';
  return { item, action, name, value, replacement, condition: words[0] };
}

function holds(request: Request, { condition, item: { directive } }: Operation): boolean | Unknown {
  if (condition === undefined) return true;
  if (/^expr=/i.test(condition)) {
    const { setting } = request;
    const value = known(() => evaluateCondition(request, condition.slice('expr='.length)));
    if (value !== undefined) return value;
    const { line } = directive.parent.file.positionAt(directive.start);
    setting.unknowns.add(`Whether "${directive.name.value}" on line ${line} applies is not known.`);
    return unknown;
  }
  const variable = condition.replace(/^env=/i, '');
  return variable.startsWith('!') ? !request.env.has(variable.slice(1)) : request.env.has(variable);
}

/** What an operation would change is not known then. */
function applyPerhaps({ headersIn }: Request, { action, name, item }: Operation, target: HeaderTable): void {
  const origin = headerOf(item.directive);
  const removes = action === 'unset' || action.startsWith('edit');
  const there = target.get(name) !== undefined;
  if (action === 'echo' || action === 'note' || (removes && !there) || (action === 'setifempty' && there)) return;
  if (target === headersIn && action === 'add') target.add({ name, value: undefined, origin });
  else target.set({ name, value: undefined, origin });
}

function apply(request: Request, operation: Operation, target: HeaderTable): void {
  const { action, name, item } = operation;
  const origin = headerOf(item.directive);
  const header = (): TracedHeader => ({ name, value: valueOf(request, operation.value), origin });
  switch (action) {
    case 'add':
      target.add(header());
      break;
    case 'append':
      target.merge(header());
      break;
    case 'merge':
      mergeOnce(target, header());
      break;
    case 'set':
      target.set(header());
      break;
    case 'setifempty':
      if (!target.get(name)) target.set(header());
      break;
    case 'unset':
      target.unset(name);
      break;
    case 'echo':
      for (const entry of request.headersIn.entries)
        if (regexOf(name).test(entry.name)) target.add({ ...entry, origin });
      break;
    case 'edit':
    case 'edit*':
      target.replace(name, (entry) => ({
        name: entry.name,
        value: entry.value === undefined ? undefined : edited(request, operation, entry.value),
        origin,
      }));
      break;
    case 'note':
      break;
    default:
      giveUp(`The action "${action}" on headers is not traced.`);
  }
}

/** Appends only what is not there yet. */
function mergeOnce(target: HeaderTable, header: TracedHeader): void {
  const there =
    target
      .get(header.name)
      ?.value?.split(',')
      .map((token) => token.trim()) ?? [];
  if (header.value === undefined || !there.includes(header.value)) target.merge(header);
}

/** `process_regexp`: `edit*` looks at each rest as at a text of its own; behind a match of nothing it has no end. */
function edited(request: Request, { action, value, replacement }: Operation, text: string): string | undefined {
  const regex = regexOf(value);
  const by = valueOf(request, replacement);
  if (by === undefined) return undefined;
  let done = '';
  let rest = text;
  for (let match = regex.exec(rest); match; match = regex.exec(rest)) {
    done += rest.slice(0, match.index) + substitute(by, match);
    rest = rest.slice(match.index + match[0].length);
    if (action === 'edit') break;
    if (match[0] === '') return undefined;
  }
  return done + rest;
}

const tags = /%(?:\{([^}]*)\}([a-zA-Z])|(%)|([a-zA-Z]))/g;

const escapes: Readonly<Record<string, string>> = wordTable({ '\\': '\\', r: '\r', n: '\n', t: '\t' });

/** `parse_misc_string`: any other backslash is one. */
function unescaped(text: string): string {
  return text.replace(/\\([\\rnt])/g, (_, name: string) => escapes[name]!);
}

/** The value with its `%` tags or its expression evaluated; undefined where it is sent, but cannot be known. */
function valueOf(request: Request, written: string): string | undefined {
  if (/^expr=/i.test(written)) return known(() => evaluateText(request, written.slice('expr='.length)));
  if (!/[%\\]/.test(written)) return written;
  let unknownPart = false;
  let text = '';
  let from = 0;
  for (const { 0: all, 1: name = '', 2: tag, 3: percent, index } of written.matchAll(tags)) {
    text += unescaped(written.slice(from, index));
    from = index + all.length;
    if (percent) text += '%';
    else {
      const value = tag !== 'e' ? undefined : request.env.has(name) ? request.env.get(name) : '(null)';
      if (value === undefined) unknownPart = true;
      text += value ?? '';
    }
  }
  text += unescaped(written.slice(from));
  return unknownPart ? undefined : text;
}

function known<T>(evaluate: () => T): T | undefined {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof UnknownAnswer) return undefined;
    throw error;
  }
}
