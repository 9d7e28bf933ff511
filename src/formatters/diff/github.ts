/** `proxylint diff --format github`: annotations at the lines that decide now. */
import type { Statement } from '../../diff/statements.ts';
import { escapeControls } from '../escape.ts';
import { commands, message, property } from '../github-commands.ts';
import { locate } from '../report.ts';
import { inRepository } from '../repository-path.ts';
import { countText, kindText, sentenceOf, statementsIn, witnessText, type ComparedPair } from './sentences.ts';

export function formatDiffAsGithub(pairs: readonly ComparedPair[], prefix: string): string {
  const statements = statementsIn(pairs);
  const counts = countText(statements) || 'no request is answered otherwise';
  return `${[...statements.map((statement) => annotation(statement, prefix)), `proxylint: ${counts}`].join('\n')}\n`;
}

function annotation(statement: Statement, prefix: string): string {
  const { severity, place, witness } = statement;
  const at = place && locate(place);
  const properties = [
    ...(at ? [`file=${property(inRepository(at.file, prefix))}`, `line=${at.start.line}`] : []),
    `title=${property(`proxylint: ${kindText(statement)}`)}`,
  ];
  const lines = [sentenceOf(statement), ...(witness ? [witnessText(witness)] : [])];
  return `::${commands[severity]} ${properties.join(',')}::${message(lines.map(escapeControls).join('\n'))}`;
}
