/** What may be written as an argument of an nginx directive. */
import { nginxDirectivesIn, newestNginx } from '../../../servers/nginx/facts/index.ts';
import { parseVersion, type Targets } from '../../../model/versions.ts';
import { wordTable } from '../../../text/word-table.ts';
import type { Cursor } from '../../cursor.ts';
import type { Suggestion } from '../language.ts';
import { familyAt } from './contexts.ts';
import { documentation } from './documentation.ts';

/** Parameters that the syntax line only calls "parameters". */
const parameters: Readonly<Record<string, string>> = wordTable({
  server: 'weight= max_conns= max_fails= fail_timeout= backup down resolve service=',
});

export async function suggestArguments(cursor: Cursor, { nginx }: Targets): Promise<readonly Suggestion[]> {
  const { directive, config, block } = cursor;
  if (!directive) return [];
  const { key } = directive;
  const family = familyAt(config, block);
  const known = nginxDirectivesIn(key, nginx ?? parseVersion(newestNginx)!);
  const facts = known.find(({ module }) => module.startsWith(`ngx_${family}_`)) ?? known[0];
  const written = new Set(directive.args.map(({ value }) => value));
  const words = new Set<string>();
  const value = facts?.value;
  if (value?.kind === 'flag') return values(['on', 'off']);
  if (value?.kind === 'enum' || value?.kind === 'bitmask') for (const word of value.values) words.add(word);
  if (words.size === 0) for (const word of await documentedWords(key, family)) words.add(word);
  if (key !== 'server' || block.owner?.key === 'upstream')
    for (const word of parameters[key]?.split(' ') ?? []) words.add(word);
  return values([...words].filter((word) => !written.has(word) || word === cursor.word?.value));
}

function values(words: readonly string[]): Suggestion[] {
  return words.map((label) => ({ label, kind: label.endsWith('=') ? 'parameter' : 'value' }));
}

/** The words of the syntax lines that stand for themselves; those behind a `=` come with their parameter. */
async function documentedWords(key: string, family: string): Promise<string[]> {
  const all = (await documentation()).directives.get(key) ?? [];
  const documented = all.find(({ module }) => module.startsWith(`ngx_${family}_`)) ?? all[0];
  return (documented?.syntax ?? []).flatMap(wordsOfSyntax);
}

export function wordsOfSyntax(line: string): string[] {
  const words: string[] = [];
  let parameter: string | undefined;
  for (const match of line.matchAll(/`([^`]+)`/g)) {
    const [whole, word] = match as unknown as [string, string];
    const before = line[match.index - 1] ?? ' ';
    const after = line[match.index + whole.length] ?? ' ';
    if (before === '*' || /[{}.]{3}|^\{/.test(word)) continue;
    if (before === '=' && parameter !== undefined) words.push(parameter + word);
    else if (before === '|' && parameter !== undefined) words.push(parameter + word);
    else if (after === '=' || (word.endsWith('=') && word.length > 1)) {
      parameter = word.replace(/=$/, '') + '=';
      if (line[match.index + whole.length + 1] === '*' || after === '*') words.push(parameter);
      continue;
    } else if (/^[\w:.@~^=*+-]+$/.test(word)) words.push(word);
    if (after !== '|' && after !== '=') parameter = undefined;
  }
  return words;
}
