/** The licenses of the packages whose code goes out with the program: they ask to be kept with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For the files of a bundle. Throws for a package that names no license. */
export function licensesOf(files: readonly string[]): string {
  const packages = new Set(files.flatMap((file) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  return [...[...packages].sort().map(noticeOf), manual].join(`\n${'-'.repeat(80)}\n\n`);
}

/** Not a package: the short descriptions of directives that `scripts/facts-apache/descriptions.ts` takes over. */
const manual = `Apache HTTP Server documentation, docs/manual/mod (Apache-2.0)

Copyright The Apache Software Foundation. The one-line descriptions of directives are taken from it;
the text of the license stands above, at chevrotain.
`;

function noticeOf(name: string): string {
  const directory = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Record<
    'version' | 'license',
    string
  >;
  const file = readdirSync(directory).find((each) => /^licen[cs]e/i.test(each));
  if (!license) throw new Error(`${name}: names no license`);
  // Some packages bring no text along.
  const text = file === undefined ? '' : `\n${readFileSync(join(directory, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license})\n${text}`;
}
