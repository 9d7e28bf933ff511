/** Which parts of a URL in httpd's rewriting and proxying a client can choose. */
import type { Route } from '../../../model/model.ts';
import { captureGroups, isBounded, isNamePattern } from '../../../regex/captures.ts';
import type { Config } from '../../../syntax/config.ts';
import { enclosing, type Directive } from '../../../syntax/tree.ts';
import { readUrl } from '../../../model/url.ts';
import { type EnvironmentVariables, environmentVariablesOf } from './environment-variables.ts';

export interface ApacheHostSource {
  /** The references that a client writes, as they stand in the config: `$1`, `%{HTTP:X}`. */
  readonly references: readonly string[];
  /** The same, but instead of an environment variable what it is made from. */
  readonly roots: readonly string[];
  /** The directives that put such values into environment variables. */
  readonly through: readonly Directive[];
  /** True if all of them hold only letters, digits, `_` and `-`. */
  readonly isName: boolean;
  /** True if the text around them fixes a part of the host. */
  readonly isPartial: boolean;
}

export interface UrlContext {
  /** The pattern whose groups `$N` stand for, matched against the path of the URL, or against `subject`. */
  readonly pattern: string;
  /** As {@link EnvironmentDefinition.subject}. */
  readonly subject?: string;
  /** Where the path is matched without the slash it begins with (`<Directory>`, `.htaccess`). */
  readonly isPerDirectory: boolean;
  /** The `RewriteCond` lines before the rule. */
  readonly conditions: readonly Directive[];
  /** Whether the name that the client asked for counts as chosen by it. */
  readonly hostCounts: boolean;
  readonly environment: EnvironmentVariables;
  /** Where the URL stands. */
  readonly at: Directive;
  /** How many environment variables lie between the URL and this value. */
  readonly depth?: number;
}

type Verdict = 'path' | 'server' | 'name' | 'client';

/** Longer chains of environment variables are not followed. */
const maxDepth = 4;

const piece = /\$(\d)|%(\d)|%\{([^}]*)\}|\$\{[^}]*\}|[^$%]+|[$%]/g;

/** Undefined where no client has a hand in scheme, host and port. Unknown references count as the server's. */
export function clientHostOfUrl(url: string, context: UrlContext): ApacheHostSource | undefined {
  const references: string[] = [];
  const roots: string[] = [];
  const through: Directive[] = [];
  let isName = true;
  let isPartial = false;
  for (const [text, group, condition, variable] of url.matchAll(piece)) {
    const environment = variable?.startsWith('ENV:') ? environmentSource(variable.slice(4), context) : undefined;
    const verdict = environment ? environment.verdict : verdictOf({ group, condition, variable }, context);
    if (verdict === 'path') break;
    if ((verdict === 'client' || verdict === 'name') && !isPinned(text, context)) {
      references.push(text);
      roots.push(...(environment?.source?.roots ?? [rootOf(text, group, context)]));
      through.push(...(environment?.source?.through ?? []));
      isPartial ||= environment?.source?.isPartial === true;
      isName &&= verdict === 'name';
    }
    if (verdict !== undefined) continue;
    const { authority, pathAndQuery } = readUrl(text);
    if (/[\w-]/.test(authority.text)) isPartial = true;
    if (pathAndQuery.text !== '') break;
  }
  return references.length === 0 ? undefined : { references, roots, through, isName, isPartial };
}

/** A group of a header holds what the header does. */
function rootOf(text: string, group: string | undefined, { subject }: UrlContext): string {
  return group === undefined || subject === undefined ? text : `%{${subject}}`;
}

/** Whether a condition before the rule lets through only a few texts. */
function isPinned(reference: string, { conditions }: UrlContext): boolean {
  return conditions.some(({ args: [test, pattern, flags] }) => {
    if (test?.value !== reference || !pattern || /\b(?:or|ornext)\b/i.test(flags?.value ?? '')) return false;
    return pattern.value.startsWith('=') || (/^\^[^]*\$$/.test(pattern.value) && isBounded(pattern.value));
  });
}

interface EnvironmentSource {
  readonly verdict: Verdict;
  /** What a client writes into it. */
  readonly source: ApacheHostSource | undefined;
}

/** Of all that may set the variable, the one that leaves a client the most. */
function environmentSource(name: string, context: UrlContext): EnvironmentSource {
  const depth = (context.depth ?? 0) + 1;
  const definitions = depth > maxDepth ? [] : context.environment.of(name, context.at);
  let isPath = definitions.length > 0;
  for (const { directive, value, pattern, subject } of definitions.slice(0, maxDefinitions)) {
    const source = clientHostOfUrl(value, {
      pattern: pattern ?? '',
      ...(directive.key !== 'rewriterule' && { subject }),
      isPerDirectory: false,
      conditions: [],
      hostCounts: context.hostCounts,
      environment: context.environment,
      at: directive,
      depth,
    });
    if (source && !(source.isPartial && source.isName))
      return {
        verdict: source.isName ? 'name' : 'client',
        source: { ...source, through: [directive, ...source.through] },
      };
    isPath &&= value.startsWith('/');
  }
  return { verdict: isPath ? 'path' : 'server', source: undefined };
}

/** A variable that is set in more places is not followed. */
const maxDefinitions = 50;

interface Reference {
  readonly group: string | undefined;
  readonly condition: string | undefined;
  readonly variable: string | undefined;
}

/** Undefined for plain text. */
function verdictOf({ group, condition, variable }: Reference, context: UrlContext): Verdict | undefined {
  if (group !== undefined) {
    const subject = context.subject === undefined ? 'path' : variableVerdict(context.subject, context.hostCounts);
    if (subject === 'server') return 'server';
    return groupVerdict(context.pattern, Number(group), subject === 'path' && !context.isPerDirectory);
  }
  if (condition !== undefined) return conditionVerdict(Number(condition), context);
  return variable === undefined ? undefined : variableVerdict(variable, context.hostCounts);
}

function groupVerdict(pattern: string, number: number, beginsWithSlash: boolean): Verdict {
  if (number === 0) return beginsWithSlash ? 'path' : 'client';
  const group = captureGroups(pattern).find((candidate) => candidate.number === number);
  if (!group || isBounded(group.text)) return 'server';
  if (/^(?:\(\?:|\()*\\?\//.test(group.text)) return 'path';
  const isFirst = /^\^?\($/.test(pattern.slice(0, group.start));
  if (isFirst && beginsWithSlash) return 'path';
  return isNamePattern(group.text) ? 'name' : 'client';
}

/** `%N` is a group of the last condition that matched. Which one that is is known only where one alone has groups. */
function conditionVerdict(number: number, { conditions, hostCounts }: UrlContext): Verdict {
  const [last, ...others] = conditions.filter(({ args }) => /\(/.test(args[1]?.value ?? '')).reverse();
  if (!last || others.length > 0) return 'server';
  const [test, pattern] = last.args;
  const variable = /^%\{([^}]*)\}$/.exec(test?.value ?? '')?.[1];
  if (variable === undefined || !pattern || pattern.value.startsWith('!')) return 'server';
  const source = variableVerdict(variable, hostCounts);
  return source === 'server' ? 'server' : groupVerdict(pattern.value, number, source === 'path');
}

const paths = /^(?:REQUEST_URI|REQUEST_FILENAME|SCRIPT_FILENAME|SCRIPT_URI|SCRIPT_URL|PATH_INFO)$/;
const written = /^(?:QUERY_STRING|THE_REQUEST|HTTP_(?!HOST$)\w+|HTTP:(?!Host$).+)$/i;
const hosts = /^(?:HTTP_HOST|HTTP:Host|SERVER_NAME)$/i;

function variableVerdict(name: string, hostCounts: boolean): Verdict {
  if (paths.test(name)) return 'path';
  if (written.test(name)) return 'client';
  return hostCounts && hosts.test(name) && name !== 'SERVER_NAME' ? 'client' : 'server';
}

/** True if the directive stands where httpd matches paths without their leading slash. */
export function isPerDirectory(directive: Directive, level: string): boolean {
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    if (/^(?:directory|directorymatch|files|filesmatch)$/.test(around.key)) return true;
    if (around.key === 'virtualhost') return false;
  }
  return level === 'htaccess' || level === 'directory';
}

/** The context of a route made by one directive with a pattern. */
export function urlContextOf(route: Route, config: Config, hostCounts: boolean): UrlContext {
  const { directive, match, conditions } = route;
  return {
    pattern: match.pattern,
    isPerDirectory: directive.key === 'rewriterule' && isPerDirectory(directive, config.level),
    conditions,
    hostCounts,
    environment: environmentVariablesOf(config),
    at: directive,
  };
}
