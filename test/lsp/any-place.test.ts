/** Every request at places drawn from all fixtures: an answer, never an error, and ranges that lie in the text. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fastGlob from 'fast-glob';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startClient, type Client } from './client.ts';

const paths = fastGlob.sync('fixtures/**/*.{conf,cfg,md,rst,j2,htaccess}').sort();
const step = 97;

/** Each `step`th fixture, the same ones every time. */
const chosen = paths.filter((_, index) => index % step === 0);

test('any place in any config is answered', async () => {
  expect(chosen.length).toBeGreaterThan(10);
  const client = await startClient({
    capabilities: {
      textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true }, diagnostic: {} },
    },
  });
  for (const path of chosen) await ask(client, path);
}, 200_000);

async function ask(client: Client, path: string): Promise<void> {
  const text = readFileSync(path, 'utf8');
  const uri = await client.open(resolve(path), text);
  const document = TextDocument.create(uri, '', 1, text);
  const textDocument = { uri };
  const ranges: unknown[] = [];
  for (let part = 0; part < 4; part++) {
    const position = document.positionAt(Math.floor((text.length * (part * 13 + 5)) / 60));
    for (const method of ['hover', 'completion', 'definition', 'documentHighlight', 'prepareRename'])
      ranges.push(await client.at(`textDocument/${method}`, uri, position));
    ranges.push(await client.at('textDocument/references', uri, position, { context: { includeDeclaration: true } }));
    const range = { start: position, end: position };
    ranges.push(await client.request('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }));
  }
  for (const method of ['diagnostic', 'documentSymbol', 'foldingRange', 'codeLens', 'documentLink'])
    ranges.push(await client.request(`textDocument/${method}`, { textDocument }));
  ranges.push(
    await client.request('textDocument/formatting', { textDocument, options: { tabSize: 4, insertSpaces: true } }),
  );
  for (const { start, end } of rangesIn(ranges, uri)) {
    const place = `${path}: ${JSON.stringify({ start, end })}`;
    expect(end.line, place).toBeLessThan(document.lineCount);
    expect(document.offsetAt(start), place).toBeLessThanOrEqual(document.offsetAt(end));
  }
  await client.connection.sendNotification('textDocument/didClose', { textDocument });
}

interface Found {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** All ranges in an answer that are of this document. */
function rangesIn(value: unknown, uri: string): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('uri' in value && value.uri !== uri) return [];
  const own = 'range' in value ? [value.range as Found] : [];
  return [...own, ...Object.values(value).flatMap((inner) => rangesIn(inner, uri))];
}
