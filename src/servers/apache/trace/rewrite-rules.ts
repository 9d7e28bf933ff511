/** Rewrite rules as mod_rewrite reads them (`cmd_rewriterule`, `cmd_rewritecond`). */
import type { Item, Level } from '../meaning/levels.ts';
import { flagList } from '../meaning/rewrite.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import { taken, textOf, type Setting } from './state.ts';
import { wordTable } from '../../../text/word-table.ts';

export interface Rule {
  readonly directive: Directive;
  readonly pattern: string;
  readonly negated: boolean;
  /** The substitution. */
  readonly output: string;
  readonly flags: ReadonlyMap<string, string>;
  /** Values of the E flags. */
  readonly environment: readonly string[];
  readonly conditions: readonly RuleCondition[];
  /** The rule only matches: its substitution is `-`, or a status takes its place. */
  readonly matchOnly: boolean;
  /** Status that a rule without substitution forces. */
  readonly forcedStatus: number | undefined;
  /** Status of a redirect. */
  readonly redirectStatus: number;
  /** A trailing `?` drops the query string. */
  readonly dropsQuery: boolean;
}

export interface RuleCondition {
  readonly directive: Directive;
  readonly test: string;
  readonly pattern: string;
  readonly negated: boolean;
  readonly ignoresCase: boolean;
  readonly or: boolean;
}

/** The rules of one level. */
export function rulesOf(setting: Setting, level: Level): Rule[] {
  const rules: Rule[] = [];
  let conditions: RuleCondition[] = [];
  for (const item of level.items) {
    if (item.directive.key === 'rewritecond') conditions.push(readCondition(setting, item));
    if (item.directive.key !== 'rewriterule') continue;
    rules.push(readRule(setting, item, conditions));
    conditions = [];
  }
  return rules;
}

/** The two or three arguments of a line. */
function argumentsOf(setting: Setting, { name, args }: Directive): string[] {
  return args.length < 2 ? giveUp(`"${name.value}" lacks an argument.`) : args.map((word) => textOf(setting, word));
}

function readCondition(setting: Setting, item: Item): RuleCondition {
  const directive = taken(setting, item);
  const [test = '', pattern = '', flagText = ''] = argumentsOf(setting, directive);
  const flags = new Map(flagList(flagText));
  const negated = pattern.startsWith('!');
  return {
    directive,
    test,
    pattern: negated ? pattern.slice(1) : pattern,
    negated,
    ignoresCase: flags.has('nc'),
    or: flags.has('or'),
  };
}

const namedStatus: Readonly<Record<string, number>> = wordTable({ permanent: 301, temp: 302, seeother: 303 });
const redirects = new Set([300, 301, 302, 303, 305, 306, 307, 308]);

function readRule(setting: Setting, item: Item, conditions: readonly RuleCondition[]): Rule {
  const directive = taken(setting, item);
  const [pattern = '', written = '', flagText = ''] = argumentsOf(setting, directive);
  const list = flagList(flagText);
  const flags = new Map(list);
  const value = flags.get('r') ?? '';
  const status = value === '' ? 302 : (namedStatus[value.toLowerCase()] ?? Number.parseInt(value, 10));
  const forced = flags.has('f') ? 403 : flags.has('g') ? 410 : undefined;
  const forcedStatus = forced ?? (flags.has('r') && !redirects.has(status) ? status : undefined);
  const trailing = written.endsWith('?');
  if (trailing && flags.has('qsa')) flags.set('qsl', '');
  const dropsQuery = trailing ? !flags.has('qsa') : flags.has('qsd') && !written.includes('?');
  const negated = pattern.startsWith('!');
  return {
    directive,
    pattern: negated ? pattern.slice(1) : pattern,
    negated,
    output: trailing && dropsQuery ? written.slice(0, -1) : written,
    flags,
    environment: list.filter(([name]) => name === 'e').map(([, of]) => of),
    conditions,
    matchOnly: written === '-' || forcedStatus !== undefined,
    forcedStatus,
    redirectStatus: redirects.has(status) ? status : 302,
    dropsQuery,
  };
}

const rewriteKeys = ['rewriteengine', 'rewriteoptions', 'rewritebase', 'rewritecond', 'rewriterule', 'rewritemap'];

/** Whether a level has a configuration of mod_rewrite at all, which then replaces that of the levels around it. */
function configures(level: Level): boolean {
  return rewriteKeys.some((key) => level.named(key).length > 0);
}

/** Options of `RewriteOptions` in force, lower case. */
export function rewriteOptions(setting: Setting, scope: ApacheScope): ReadonlySet<string> {
  const item = scope.setting('rewriteoptions');
  return new Set((item ? taken(setting, item).args : []).map((word) => textOf(setting, word).toLowerCase()));
}

/** What of mod_rewrite holds at the innermost level that speaks of it. */
export interface RewriteConfig {
  readonly scope: ApacheScope;
  readonly rules: readonly Rule[];
}

/** Undefined: no level (among those given, outermost first) speaks of it. */
export function mergedRules(setting: Setting, scopes: readonly ApacheScope[]): RewriteConfig | undefined {
  let merged: RewriteConfig | undefined;
  for (const scope of scopes) {
    if (!configures(scope.level)) continue;
    const own = rulesOf(setting, scope.level);
    const options = rewriteOptions(setting, scope);
    const outer = merged ? rewriteOptions(setting, merged.scope) : new Set<string>();
    const ignores = options.has('ignoreinherit');
    const base = merged?.rules ?? [];
    let rules: readonly Rule[] = own;
    if (options.has('inherit') || (outer.has('inheritdown') && !ignores)) rules = [...own, ...base];
    else if (options.has('inheritbefore') || (outer.has('inheritdownbefore') && !ignores)) rules = [...base, ...own];
    merged = { scope, rules };
  }
  return merged;
}

/** The server levels whose rewrite maps can be named, innermost first. */
export function mapScopes(setting: Setting): ApacheScope[] {
  const { base } = setting;
  const outer = base.outer ? [base.outer] : [];
  if (!configures(base.level)) return outer.length > 0 ? outer : [base];
  const options = rewriteOptions(setting, base);
  const inherits = options.has('inherit') || options.has('inheritbefore');
  const handedDown =
    base.outer && [...rewriteOptions(setting, base.outer)].some((option) => option.startsWith('inheritdown'));
  return inherits || (handedDown && !options.has('ignoreinherit')) ? [base, ...outer] : [base];
}
