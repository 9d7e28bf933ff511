/**
 * What proxylint says of each config of the inventories, word by word: that it says anything is asked of the servers beside. `npm run
 * test:update` writes the lists.
 */
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import type { Inventory, Row } from '../../scripts/inventory-nginx/types.ts';
import { parseVersion } from '../../src/model/versions.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { lint, type TextToLint } from '../helpers/lint.ts';
import { readInventory, type Entry } from './inventory.ts';

const active = rules.filter(({ category }) => category === 'syntax').map((rule) => ({ rule }));

async function answer(title: string, input: TextToLint): Promise<string> {
  const { findings } = await lint(input, active);
  const lines = findings.map(({ rule, messageId, severity, place, message, fix }) => {
    const { line, column } = place.file.positionAt(place.start);
    const words = `${line}:${column}+${place.end - place.start} ${severity} ${message}`;
    return `    ${rule} ${messageId} ${words}${fix ? ` [${fix.title}]` : ''}`;
  });
  return [title, ...lines.sort()].join('\n');
}

test('nginx', async () => {
  const { messages } = JSON.parse(readFileSync('test/inventory/nginx.json', 'utf8')) as Inventory;
  const rows = messages.filter((row): row is Row & { fixture: string } => row.fixture !== undefined);
  const answers: string[] = [];
  for (const { module, message, fixture: text, judge } of rows) {
    const targets = judge === 'newest' ? {} : { nginx: parseVersion('1.22.1')! };
    answers.push(await answer(`${module}: ${message}`, { path: 'nginx.conf', text, dialect: 'nginx', targets }));
  }
  await expect(`${answers.join('\n')}\n`).toMatchFileSnapshot('../../fixtures/inventory/nginx.txt');
});

test('httpd', async () => {
  const entries = readInventory().messages.filter((entry): entry is Entry & { config: string } => 'config' in entry);
  const answers: string[] = [];
  for (const { module, message, config: text } of entries) {
    const targets = { apache: parseVersion('2.4.71')! };
    const input = { path: 'httpd.conf', text, dialect: 'apache', level: 'server', targets } as const;
    answers.push(await answer(`${module}: ${message}`, input));
  }
  await expect(`${answers.join('\n')}\n`).toMatchFileSnapshot('../../fixtures/inventory/apache.txt');
});
