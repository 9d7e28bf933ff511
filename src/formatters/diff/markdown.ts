/** `proxylint diff --format markdown`: for a comment on a pull request. */
import type { Statement } from '../../diff/statements.ts';
import { code, words } from '../markdown-text.ts';
import { disarmCommands } from '../escape.ts';
import {
  countText,
  kindText,
  outcomesOf,
  placeText,
  scopeSentences,
  sentenceOf,
  statementsIn,
  witnessText,
  type ComparedPair,
} from './sentences.ts';

export function formatDiffAsMarkdown(pairs: readonly ComparedPair[]): string {
  const counts = countText(statementsIn(pairs));
  const lines = ['### proxylint: which requests are answered otherwise', '', counts === '' ? 'None.' : `**${counts}**`];
  for (const { path, comparison } of pairs) {
    if (comparison.statements.length === 0) continue;
    lines.push('', `#### ${code(path)}`, '', '| Severity | What | Where |', '| --- | --- | --- |');
    lines.push(...comparison.statements.map(row));
    lines.push('', '<details><summary>Requests that show it</summary>', '');
    lines.push(...comparison.statements.flatMap(witnessLines), '', '</details>');
    lines.push('', ...scopeSentences(comparison).map((sentence) => `<sub>${words(sentence)}</sub>`));
  }
  return disarmCommands(`${lines.join('\n')}\n`);
}

function row(statement: Statement): string {
  const place = placeText(statement);
  const where = place === undefined ? '' : words(place);
  return `| ${statement.severity} | **${words(kindText(statement))}** ${words(sentenceOf(statement))} | ${where} |`;
}

function witnessLines(statement: Statement): string[] {
  if (!statement.witness) return [];
  const { before, after } = outcomesOf(statement.witness);
  return [`- ${code(witnessText(statement.witness))}: before ${code(before)}, now ${code(after)}`];
}
