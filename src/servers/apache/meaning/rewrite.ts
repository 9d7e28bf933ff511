import { captureGroups } from '../../../regex/captures.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from './environment.ts';
import type { Item, Level } from './levels.ts';
import type { ApacheScope } from './scope.ts';
import { isOn } from './settings.ts';
import { wordTable } from '../../../text/word-table.ts';

/** A `RewriteCond`: the next ones up to the rule must hold too, or one of them after `or`. */
export interface RewriteCondition {
  readonly directive: Directive;
  /** The test string, such as `%{HTTP:Upgrade}`. */
  readonly test: string | Unknown;
  /** The pattern without a leading `!`. */
  readonly pattern: string | Unknown;
  readonly negated: boolean;
  /** `NC`, `nocase`. */
  readonly ignoresCase: boolean;
  /** Joined to the next condition by "or". */
  readonly or: boolean;
}

export interface RewriteRule extends Item {
  readonly pattern: string | Unknown;
  readonly negated: boolean;
  readonly substitution: Word;
  readonly target: string | Unknown;
  /** Flags by their short lower-cased name; the value is `` where none is given. */
  readonly flags: ReadonlyMap<string, string>;
  readonly conditions: readonly RewriteCondition[];
}

/** The rules of one level in file order, each with the conditions before it. */
export function rewriteRules(level: Level, environment: Environment): RewriteRule[] {
  const rules: RewriteRule[] = [];
  let conditions: RewriteCondition[] = [];
  for (const item of level.items) {
    if (item.directive.key === 'rewritecond') conditions.push(readCondition(item.directive, environment));
    if (item.directive.key !== 'rewriterule') continue;
    const rule = readRule(item, conditions, environment);
    if (rule) rules.push(rule);
    conditions = [];
  }
  return rules;
}

/**
 * The substitution, with the slash between the host and a group behind it that can only begin with one: in a virtual host the path that
 * is matched begins so.
 */
export function substitutionOf({ pattern, negated, target, directive }: RewriteRule): string | Unknown {
  if (target === unknown || pattern === unknown || negated) return target;
  const [, server = '', number] = /^(\w+:\/\/[^/?#$%\s]+)\$(\d)/.exec(target) ?? [];
  if (number === undefined || isPerDirectory(directive)) return target;
  const group = captureGroups(pattern)[Number(number) - 1];
  const isFirst = group !== undefined && /^\^?\($/.test(pattern.slice(0, group.start));
  const begins = group?.text.startsWith('/') || (isFirst && /^\.[*+]$/.test(group.text));
  return begins ? `${server}/${target.slice(server.length)}` : target;
}

/** There the path is compared without what leads to the directory. */
function isPerDirectory({ parent }: Directive): boolean {
  for (let owner = parent.owner; owner; owner = owner.parent.owner) {
    if (/^(?:directory|location|files|proxy)(?:match)?$|^if$|^else/.test(owner.key)) return true;
    if (owner.key === 'virtualhost') return false;
  }
  return false;
}

function readCondition(directive: Directive, environment: Environment): RewriteCondition {
  const [test, pattern, flagWord] = directive.args;
  const flags = readFlags(flagWord);
  return {
    directive,
    test: test ? environment.text(test) : unknown,
    ...readPattern(pattern, environment),
    ignoresCase: flags.has('nc'),
    or: flags.has('or'),
  };
}

function readRule(
  item: Item,
  conditions: readonly RewriteCondition[],
  environment: Environment,
): RewriteRule | undefined {
  const [pattern, substitution, flagWord] = item.directive.args;
  if (!substitution) return undefined;
  return {
    ...item,
    ...readPattern(pattern, environment),
    substitution,
    target: environment.text(substitution),
    flags: readFlags(flagWord),
    conditions,
  };
}

function readPattern(
  word: Word | undefined,
  environment: Environment,
): { pattern: string | Unknown; negated: boolean } {
  const text = word ? environment.text(word) : unknown;
  if (text === unknown || !text.startsWith('!')) return { pattern: text, negated: false };
  return { pattern: text.slice(1), negated: true };
}

/** Long names of flags that have a short one. */
const shortNames: Readonly<Record<string, string>> = wordTable({
  backrefnoplus: 'bnp',
  chain: 'c',
  cookie: 'co',
  discardpath: 'dpi',
  env: 'e',
  forbidden: 'f',
  gone: 'g',
  handler: 'h',
  last: 'l',
  next: 'n',
  nocase: 'nc',
  noescape: 'ne',
  nosubreq: 'ns',
  ornext: 'or',
  passthrough: 'pt',
  proxy: 'p',
  qsappend: 'qsa',
  qsdiscard: 'qsd',
  qslast: 'qsl',
  redirect: 'r',
  skip: 's',
  type: 't',
});

function readFlags(word: Word | undefined): Map<string, string> {
  return new Map(flagList(word?.value ?? ''));
}

/** The flags of `[L,R=301,E=a:b]` in order, each with its short lower-cased name and its value (`` where none is given). */
export function flagList(text: string): [name: string, value: string][] {
  const flags: [string, string][] = [];
  for (const flag of /^\[(.*)\]$/s.exec(text)?.[1]?.split(',') ?? []) {
    const [name = '', ...value] = flag.trim().split('=');
    if (name !== '') flags.push([shortNames[name.toLowerCase()] ?? name.toLowerCase(), value.join('=')]);
  }
  return flags;
}

/** True if the rules of a level are switched on; a virtual host inherits that from the server. Unknown where it may be said elsewhere. */
export function isRewriting(scope: ApacheScope): boolean | Unknown {
  const engine = scope.setting('rewriteengine');
  if (!engine) return scope.certainty('rewriteengine') === 'unread' ? unknown : false;
  return engine.certain ? isOn(engine.directive) : unknown;
}
