/**
 * `HTTPD_MANUAL=/path/to/docs/manual npx tsx test/oracle/manual.ts`: compares verdicts on the examples of httpd's manual, which lies
 * in its source as XML. Exit status 1 if proxylint refuses one that the installed server accepts.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { compare, describeComparison } from './lib/compare.ts';
import { installedVersion } from './lib/install.ts';
import { Oracle } from './lib/oracle.ts';

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' };

const folder = process.env['HTTPD_MANUAL'];
if (!folder) throw new Error('Set HTTPD_MANUAL to the folder docs/manual of the httpd source.');

const oracle = new Oracle('apache');
const targets = { apache: installedVersion('apache')! };
const counts = new Map<string, number>();
for (const [text, path] of examplesOf(folder)) {
  const comparison = await compare('apache', oracle, { text, targets });
  const { outcome } = comparison;
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  if (outcome === 'missed' || outcome === 'false-refusal') {
    console.log(`${path}\n${text.replaceAll(/^/gm, '    ')}${describeComparison(comparison)}\n`);
  }
  if (outcome === 'false-refusal') process.exitCode = 1;
}
oracle.close();
console.log(Object.fromEntries(counts));

/** Each example once, with the page that has it. */
function examplesOf(manual: string): Map<string, string> {
  const examples = new Map<string, string>();
  for (const name of readdirSync(manual, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.xml')) continue;
    const page = readFileSync(join(manual, name), 'utf8');
    for (const [, xml] of page.matchAll(/<highlight language="config">([^]*?)<\/highlight>/g)) {
      examples.set(`${plainText(xml!).trim()}\n`, name);
    }
  }
  return examples;
}

function plainText(xml: string): string {
  return xml.replaceAll(/<[^>]*>/g, '').replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
