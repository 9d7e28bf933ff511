/** `proxylint diff` for the terminal. */
import { disarmCommands, escapeControls } from '../escape.ts';
import { loadStyles, type Styles } from '../styles.ts';
import type { Statement } from '../../diff/statements.ts';
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

export async function formatDiff(pairs: readonly ComparedPair[], color: boolean): Promise<string> {
  const paint = await loadStyles(color);
  const lines = pairs.flatMap((pair) => pairLines(pair, paint, pairs.length > 1));
  const counts = countText(statementsIn(pairs));
  lines.push(counts === '' ? paint.green('No request is answered otherwise.') : paint.bold(counts));
  return disarmCommands(`${lines.join('\n')}\n`);
}

function pairLines({ path, comparison }: ComparedPair, paint: Styles, isNamed: boolean): string[] {
  if (comparison.asked === 0 && comparison.statements.length === 0) return [];
  return [
    ...(isNamed ? [paint.underline(escapeControls(path))] : []),
    ...comparison.statements.flatMap((statement) => statementLines(statement, paint)),
    ...scopeSentences(comparison).map((sentence) => paint.dim(sentence)),
    '',
  ];
}

function statementLines(statement: Statement, paint: Styles): string[] {
  const { severity, witness } = statement;
  const mark = { error: paint.red, warning: paint.yellow, info: paint.blue }[severity](severity.padEnd(7));
  const place = placeText(statement);
  const where = place === undefined ? '' : paint.dim(`  ${escapeControls(place)}`);
  const lines = [`${mark} ${paint.bold(kindText(statement))}  ${escapeControls(sentenceOf(statement))}${where}`];
  if (witness) {
    const { before, after } = outcomesOf(witness);
    lines.push(paint.dim(`        ${escapeControls(witnessText(witness))}`));
    if (statement.topic === '' || before !== after)
      lines.push(
        paint.dim(`          before: ${escapeControls(before)}`),
        paint.dim(`          now:    ${escapeControls(after)}`),
      );
  }
  return lines;
}
