/** The licences of the packages that a bundle holds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** @param inputs the files that were bundled, as the bundler names them */
export function noticesOf(inputs: Iterable<string>): string {
  const folders = new Set([...inputs].flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const packages = [...folders].sort().map((folder) => {
    const { name, version, license = '' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    return { name, version, license, text: textIn(folder) };
  });
  const notices = packages.map(({ name, version, license, text }) => {
    // Some come without it: a text of the same licence says the same.
    const found = text ?? packages.find((other) => other.text !== undefined && other.license === license)?.text;
    if (found === undefined) throw new Error(`${name}: no text of its licence ${license} in the package`);
    return `${name} ${version} (${license})\n\n${found.trim()}\n`;
  });
  return `proxylint is bundled with these packages.\n\n${notices.join(`\n${'-'.repeat(79)}\n\n`)}`;
}

function textIn(folder: string): string | undefined {
  const file = existsSync(folder) ? readdirSync(folder).find((name) => /^licen[cs]e/i.test(name)) : undefined;
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8');
}
