import { isBefore, type Targets } from '../../../model/versions.ts';
import { apacheDirective, apacheDirectiveNames } from '../../../servers/apache/facts/index.ts';
import type { ApacheContext } from '../../../servers/apache/facts/types.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Cursor } from '../../cursor.ts';
import type { Language, Suggestion } from '../language.ts';
import { suggestArguments } from './arguments.ts';
import { containersAround } from './contexts.ts';
import { describeDirective } from './describe.ts';
import { apacheNames, namesAt } from './names.ts';
import { rewriteVariables } from '../../../servers/apache/facts/rewrite-variables.ts';

export const apache: Language = {
  describe: describeDirective,
  describeVariable: () => Promise.resolve(undefined),
  contextAt: () => '',
  directives: suggestDirectives,
  argumentsOf: (cursor) => Promise.resolve(suggestArguments(cursor)),
  namedAt: namesAt,
  variables: ({ directive }) =>
    /^rewrite(?:cond|rule)$/.test(directive?.key ?? '')
      ? [...rewriteVariables].map((name) => ({ label: `%{${name}}`, kind: 'variable' }))
      : [],
  occurrences: apacheNames,
  faultOfName: (_, name) =>
    /^[\w.-]+$/.test(name) ? undefined : 'a name has letters, digits, dots, dashes and underscores',
  titleOf,
};

function suggestDirectives(cursor: Cursor, { apache: version }: Targets): readonly Suggestion[] {
  const containers = containersAround(cursor);
  const inAuthorization = /^require(?:all|any|none)$/.test(cursor.block.owner?.key ?? '');
  const suggestions: Suggestion[] = [];
  for (const name of apacheDirectiveNames()) {
    const facts = apacheDirective(name.toLowerCase());
    if (!facts || facts.until !== undefined || !isAllowed(facts.allowed ?? facts.contexts, containers)) continue;
    if (version && facts.since !== undefined && isBefore(version, facts.since)) continue;
    if (inAuthorization && !/^require/i.test(name)) continue;
    const isSection = facts.form === 'section';
    const detail = facts.modules.join(', ');
    const key = name.toLowerCase();
    const shared = { detail, key, ...(facts.deprecated && { deprecated: true }) };
    if (isSection || facts.form === 'either')
      suggestions.push({ ...shared, label: `<${name}>`, kind: 'block', snippet: `<${name} $1>\n\t$0\n</${name}>` });
    if (!isSection) suggestions.push({ ...shared, label: name, kind: 'directive' });
  }
  return suggestions;
}

function isAllowed(allowed: readonly ApacheContext[], containers: readonly ApacheContext[] | undefined): boolean {
  if (!containers || allowed.length === 0) return true;
  const paths = containers.filter((container) => container !== 'vhost');
  if (paths.length > 0) return paths.every((container) => allowed.includes(container));
  return allowed.includes(containers.length > 0 ? 'vhost' : 'server');
}

function titleOf({ key, args, block }: Directive): string {
  const words = args.map(({ raw }) => raw);
  if (key !== 'virtualhost') return words.join(' ');
  const name = block?.directives.find((inner) => inner.key === 'servername')?.args[0]?.value;
  return [...(name === undefined ? [] : [name]), ...words].join(' ');
}
