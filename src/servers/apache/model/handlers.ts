import { unknown, type Handler, type Match, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import { prefixPaths, regexPaths, type PathSet } from '../meaning/paths.ts';
import { substitutionOf, type RewriteRule } from '../meaning/rewrite.ts';
import { isHttpUrl } from '../../../model/scheme.ts';
import { wordTable } from '../../../text/word-table.ts';

/** A mapping before it is known what applies to it: which paths it takes, and what it does. */
export interface Mapping {
  readonly directive: Directive;
  readonly match: Match;
  readonly paths: PathSet;
  readonly action: Action;
  readonly conditions: readonly Directive[];
}

export type Action =
  | {
      readonly kind: 'proxy';
      readonly url: Word;
      readonly text: string | Unknown;
      readonly parameters: readonly Word[];
    }
  | { readonly kind: 'other'; readonly handler: Handler };

const redirectStatus: Readonly<Record<string, number>> = wordTable({
  permanent: 301,
  temp: 302,
  seeother: 303,
  gone: 410,
});

/** `redirect` and its kin, by the status they imply. */
export const mappingKeys: ReadonlySet<string> = new Set([
  'proxypass',
  'proxypassmatch',
  'redirect',
  'redirectpermanent',
  'redirecttemp',
  'redirectmatch',
  'alias',
  'aliasmatch',
  'scriptalias',
  'scriptaliasmatch',
]);

/**
 * Reads a mapping directive (one of {@link mappingKeys}). Inside a section (`paths` given) the path argument is left out.
 * An exclusion (`!`) leaves its requests to what serves files. Undefined for what cannot be read.
 */
export function readMapping(directive: Directive, environment: Environment, section?: PathSet): Mapping | undefined {
  const isRegex = directive.key.endsWith('match');
  const [words, tilde] = directive.args[0]?.value === '~' ? [directive.args.slice(1), true] : [directive.args, false];
  const proxies = directive.key.startsWith('proxypass');
  const status = directive.key.startsWith('redirect') ? redirectArguments(directive, words) : undefined;
  const rest = status ? status.rest : words;
  const inSection = section !== undefined && (proxies || rest.length === 1);
  const pathWord = inSection ? undefined : rest[0];
  const target = rest[inSection ? 0 : 1];
  const paths = inSection ? section : pathsOf(pathWord, isRegex || tilde, environment);
  if (!paths) return undefined;
  const match = { kind: paths.kind, pattern: pathWord?.value ?? paths.prefix, caseInsensitive: false } as const;
  const make = (action: Action): Mapping => ({ directive, match, paths, action, conditions: [] });
  if (proxies) {
    if (!target) return undefined;
    if (target.value === '!') return make({ kind: 'other', handler: { kind: 'static' } });
    return make({
      kind: 'proxy',
      url: target,
      text: environment.text(target),
      parameters: rest.slice(inSection ? 1 : 2),
    });
  }
  if (status)
    return make({ kind: 'other', handler: { kind: 'redirect', status: status.status, to: target, directive } });
  return make({
    kind: 'other',
    handler: directive.key.startsWith('script') ? { kind: 'unknown' } : { kind: 'static' },
  });
}

function redirectArguments(
  directive: Directive,
  words: readonly Word[],
): { status: number | Unknown; rest: readonly Word[] } {
  if (directive.key === 'redirectpermanent') return { status: 301, rest: words };
  const first = words[0]?.value.toLowerCase() ?? '';
  const named = redirectStatus[first] ?? (/^\d{3}$/.test(first) ? Number(first) : undefined);
  return named === undefined ? { status: 302, rest: words } : { status: named, rest: words.slice(1) };
}

function pathsOf(word: Word | undefined, isRegex: boolean, environment: Environment): PathSet | undefined {
  const text = word && environment.text(word);
  if (text === undefined) return undefined;
  if (text === unknown) return { kind: 'regex', prefix: '' };
  return isRegex ? regexPaths(text) : prefixPaths(text);
}

/** Reads a rewrite rule that ends the mapping: a proxy, a redirect, a refusal. Undefined for one that only changes the path. */
export function readRewriteMapping(rule: RewriteRule): Mapping | undefined {
  const action = rewriteAction(rule);
  if (!action) return undefined;
  const paths =
    rule.negated || rule.pattern === unknown ? ({ kind: 'regex', prefix: '' } as const) : regexPaths(rule.pattern);
  const isUnknown = rule.pattern === unknown;
  const pattern = isUnknown ? (rule.directive.args[0]?.value ?? '') : rule.pattern;
  const kind = rule.negated || isUnknown ? 'condition' : 'regex';
  return {
    directive: rule.directive,
    match: { kind, pattern, caseInsensitive: rule.flags.has('nc') },
    paths,
    action,
    conditions: rule.conditions.map((condition) => condition.directive),
  };
}

function rewriteAction(rule: RewriteRule): Action | undefined {
  const { flags, substitution, target, directive } = rule;
  if (flags.has('f')) return { kind: 'other', handler: { kind: 'deny', directive } };
  if (flags.has('g')) return { kind: 'other', handler: { kind: 'return', status: 410, to: undefined, directive } };
  if (flags.has('p')) return { kind: 'proxy', url: substitution, text: substitutionOf(rule), parameters: [] };
  const isAbsolute = target !== unknown && isHttpUrl(target);
  if (!flags.has('r') && !isAbsolute) return undefined;
  return {
    kind: 'other',
    handler: { kind: 'redirect', status: rewriteStatus(flags.get('r')), to: substitution, directive },
  };
}

function rewriteStatus(flag: string | undefined): number | Unknown {
  if (!flag) return 302;
  return redirectStatus[flag.toLowerCase()] ?? (/^\d{3}$/.test(flag) ? Number(flag) : unknown);
}
