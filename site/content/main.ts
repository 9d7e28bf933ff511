/**
 * Writes the sources of the site, `.content`, from the documents and the tables of the project.
 * Usage: `tsx content/main.ts`
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { factPages } from './facts.ts';
import { navigationOf } from './navigation.ts';
import { readPages, type Page } from './pages.ts';

const output = join(import.meta.dirname, '../.content');

rmSync(output, { recursive: true, force: true });
const pages = readPages();
const facts = factPages();
for (const page of [...pages, ...facts]) write(page);
cpSync(join(import.meta.dirname, 'static'), output, { recursive: true });
writeFileSync(join(output, 'navigation.json'), JSON.stringify(navigationOf(pages, facts)));
writeFileSync(
  join(output, 'sources.json'),
  JSON.stringify(Object.fromEntries(pages.map(({ path, source }) => [path, source]))),
);

function write({ path, title, edited, text }: Page): void {
  const file = join(output, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `---\ntitle: ${JSON.stringify(title)}\nedited: ${JSON.stringify(edited)}\n---\n\n${text}`);
}
