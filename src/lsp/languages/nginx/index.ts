import { nginxDirectiveNames, nginxVariable, nginxVariableNames } from '../../../servers/nginx/facts/index.ts';
import { entriesOf } from '../../../servers/nginx/refusals/definitions.ts';
import type { Targets } from '../../../model/versions.ts';
import { wordTable } from '../../../text/word-table.ts';
import { variablesOf } from '../../../servers/nginx/meaning/variables.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Occurrence } from '../../occurrence.ts';
import type { Cursor } from '../../cursor.ts';
import type { Language, Suggestion } from '../language.ts';
import { suggestArguments } from './arguments.ts';
import { contextOfBlock, entries, familyAt } from './contexts.ts';
import { describeDirective, describeVariable } from './describe.ts';
import { nginxNames, namesAt } from './names.ts';
import type { Directive } from '../../../syntax/tree.ts';

export const nginx: Language = {
  describe: describeDirective,
  describeVariable,
  contextAt: ({ config, block }) => familyAt(config, block),
  directives: suggestDirectives,
  argumentsOf: suggestArguments,
  namedAt: namesAt,
  variables: ({ config, block }) =>
    nginxVariableNames(familyAt(config, block) === 'stream' ? 'stream' : 'http').map((name) => ({
      label: `$${name}`,
      kind: 'variable',
      key: name,
    })),
  occurrences: nginxNames,
  definitionsFor,
  faultOfName,
  titleOf,
};

/** What a block of entries knows beside its entries. */
const entryWords: Readonly<Record<string, string>> = wordTable({
  map: 'default hostnames include volatile',
  geo: 'default delete include proxy proxy_recursive ranges',
  split_clients: '',
  types: 'include',
});

function suggestDirectives({ config, block }: Cursor, targets: Targets): readonly Suggestion[] {
  if (block.kind === 'raw') return [];
  const mask = contextOfBlock(config, block, targets);
  if (mask === entries)
    return (entryWords[block.owner?.key ?? '']?.split(' ') ?? [])
      .filter((word) => word !== '')
      .map((label) => ({ label, kind: 'directive' }));
  const lookUp = entriesOf(targets.nginx);
  const suggestions: Suggestion[] = [];
  for (const name of nginxDirectiveNames()) {
    const found = lookUp(name).definitions.find((definition) => mask === 0 || definition.mask & mask);
    if (!found) continue;
    const { module, block: takesBlock, deprecated, min } = found.facts;
    suggestions.push({
      label: name,
      kind: takesBlock ? 'block' : 'directive',
      detail: module,
      key: name,
      ...(deprecated && { deprecated: true }),
      snippet: takesBlock ? `${name}${min > 0 ? ' $1' : ''} {\n\t$0\n}` : `${name}${min > 0 ? ' $1' : ''};`,
    });
  }
  return suggestions;
}

/** Of variables: a server sees its own `set`, not those of other servers. */
function definitionsFor({ kind, key }: Occurrence, at: Directive, config: Config): ReadonlySet<Directive> | undefined {
  return kind.endsWith(' variable') ? new Set(variablesOf(config).definitions.of(key, at)) : undefined;
}

function faultOfName({ kind }: Occurrence, name: string): string | undefined {
  if (kind.endsWith(' variable')) {
    if (!/^[A-Za-z_]\w*$/.test(name)) return 'a variable has a name of letters, digits and underscores';
    return nginxVariable(name, kind.startsWith('stream') ? 'stream' : 'http')
      ? `nginx has a variable $${name} of its own`
      : undefined;
  }
  if (kind.startsWith('named location'))
    return /^@[^\s;{}"'\\$]+$/.test(name) ? undefined : 'the name of such a location begins with "@"';
  return /^[^\s;{}"'\\$:/=]+$/.test(name)
    ? undefined
    : 'a name has neither white space nor any of ; { } " \' \\ $ : / =';
}

function titleOf({ key, args, block }: Directive): string {
  if (key === 'server' && block) {
    const names = block.directives.find((inner) => inner.key === 'server_name');
    const listen = block.directives.find((inner) => inner.key === 'listen');
    return [...(names?.args ?? listen?.args ?? [])].map(({ value }) => value).join(' ');
  }
  return args.map(({ raw }) => raw).join(' ');
}
