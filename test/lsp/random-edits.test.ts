/** However a text came about, in one piece or by edits while it was open: the same is found in it. The built program lints it afresh. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fastGlob from 'fast-glob';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { folder, runCli } from '../helpers/run-cli.ts';
import { Random } from '../oracle/lib/random.ts';
import { startClient, type Client } from './client.ts';

const seed = 14;
const filesEach = 6;
const edits = 12;
/** Each so many edits what is found is compared. */
const compared = 3;

/** As both tell it: rule and place, from 1. */
type Told = readonly string[];

test.each(['nginx', 'apache', 'sslh'])(
  '%s: findings after edits are those of the text',
  async (server) => {
    const random = new Random(seed);
    const directory = folder({});
    const paths = fastGlob.sync(`fixtures/rules/*/*.${server}.conf`).sort();
    expect(paths.length).toBeGreaterThan(filesEach);
    const client = await startClient();
    const states = new Map<string, Told>();
    for (let file = 0; file < filesEach; file++) {
      const path = random.pick(paths)!;
      for (const [text, told] of await edited(client, join(directory, `live-${file}`, basename(path)), path, random)) {
        const saved = join(directory, `${states.size}`, basename(path));
        mkdirSync(dirname(saved));
        writeFileSync(saved, text);
        states.set(saved, told);
      }
    }
    const afresh = lintedAfresh(directory);
    for (const [path, told] of states) expect(told, readFileSync(path, 'utf8')).toEqual(afresh.get(path) ?? []);
    expect([...afresh.values()].flat().length).toBeGreaterThan(states.size);
  },
  120_000,
);

/** The texts that were compared, with what was found in each. */
async function edited(
  client: Client,
  live: string,
  path: string,
  random: Random,
): Promise<[text: string, told: Told][]> {
  const document = TextDocument.create('', '', 0, readFileSync(path, 'utf8'));
  const uri = await client.open(live, document.getText());
  const states: [string, Told][] = [];
  for (let edit = 1; edit <= edits; edit++) {
    const { start, end, text } = randomEdit(document.getText(), random);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    TextDocument.update(document, [{ range, text }], edit);
    await client.change(uri, text, range.start, range.end);
    if (edit % compared > 0) continue;
    const found = await client.diagnostics(uri);
    const told = found.map(({ code, range }) => placeText(String(code), range.start.line, range.start.character));
    states.push([document.getText(), told.sort()]);
  }
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  return states;
}

/** A line goes, comes twice, becomes a comment or changes its place; or a word or a sign changes. */
function randomEdit(text: string, random: Random): { start: number; end: number; text: string } {
  const lines = text.split('\n');
  const line = random.below(lines.length);
  const start = lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  const own = lines[line]!;
  const other = random.pick(lines)!;
  switch (random.below(6)) {
    case 0:
      return { start, end: Math.min(text.length, start + own.length + 1), text: '' };
    case 1:
      return { start, end: start, text: `${other}\n` };
    case 2:
      return { start, end: start, text: '# ' };
    case 3:
      return { start, end: start + own.length, text: other };
    case 4: {
      const at = start + random.below(own.length + 1);
      return { start: at, end: Math.min(text.length, at + 1), text: random.pick(['', ';', '}', '"', '1', ' '])! };
    }
    default: {
      const words = [...own.matchAll(/[\w./:$-]+/g)];
      const word = random.pick(words);
      const from = start + (word?.index ?? 0);
      const replacement = /[\w./:$-]+/.exec(other)?.[0] ?? 'on';
      return { start: from, end: from + (word?.[0].length ?? 0), text: replacement };
    }
  }
}

function lintedAfresh(directory: string): Map<string, Told> {
  const { stdout, stderr } = runCli(['--no-config', '--no-gitignore', '--format', 'json', directory]);
  expect(stderr).not.toContain('failed');
  const { findings } = JSON.parse(stdout) as {
    findings: readonly { rule: string; file: string; line: number; column: number }[];
  };
  const told = new Map<string, string[]>();
  for (const { rule, file, line, column } of findings)
    told.set(file, [...(told.get(file) ?? []), placeText(rule, line - 1, column - 1)]);
  return new Map([...told].map(([file, each]) => [file, each.sort()]));
}

/** @param line from 0, as the column */
function placeText(rule: string, line: number, column: number): string {
  return `${line + 1}:${column + 1} ${rule}`;
}
