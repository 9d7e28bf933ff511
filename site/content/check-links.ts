/**
 * Looks at every link of the built site that stays on it: the page must be there, and the place on it.
 * Usage: `tsx content/check-links.ts`
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

const dist = join(import.meta.dirname, '../dist');
const base = `/${process.env['SITE_BASE'] ?? ''}/`.replace(/\/{2,}/g, '/');
const places = new Map<string, ReadonlySet<string>>();
const broken: string[] = [];
let links = 0;
const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
for (const page of pages) {
  const html = readFileSync(join(dist, page), 'utf8');
  for (const [, name, written] of html.matchAll(/ (href|src)="([^"]*)"/g)) {
    if (/^(?:[a-z]+:|\/\/)/i.test(written!)) continue;
    links++;
    const fault = faultOf(page, written!.replaceAll('&amp;', '&'));
    if (fault !== undefined) broken.push(`${page}: ${name}="${written}": ${fault}`);
  }
}
if (broken.length > 0) {
  console.error(`Broken links on the site:\n${broken.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = 1;
} else console.log(`${links} links on ${pages.length} pages lead somewhere`);

function faultOf(page: string, link: string): string | undefined {
  const [written, anchor = ''] = link.split('#', 2) as [string, string?];
  if (written.startsWith('/') && !written.startsWith(base)) return `outside of ${base}`;
  const path = decodeURI(written.replace(/\?.*/, ''));
  const target =
    path === '' ? page : path.startsWith('/') ? path.slice(base.length) : posix.join(posix.dirname(page), path);
  const file = fileOf(target);
  if (file === undefined) return 'not there';
  if (anchor === '' || !file.endsWith('.html') || file.startsWith('play/')) return undefined;
  return placesOn(file).has(decodeURIComponent(anchor)) ? undefined : 'no such place on the page';
}

function fileOf(path: string): string | undefined {
  const wanted = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  return [wanted, `${wanted}.html`].find((name) => existsSync(join(dist, name)) && statSync(join(dist, name)).isFile());
}

function placesOn(file: string): ReadonlySet<string> {
  let known = places.get(file);
  if (!known) {
    const html = readFileSync(join(dist, file), 'utf8');
    known = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!.replaceAll('&amp;', '&')));
    places.set(file, known);
  }
  return known;
}
