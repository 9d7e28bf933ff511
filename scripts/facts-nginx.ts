/**
 * Writes `src/servers/nginx/facts/table.json`.
 *
 *     NGINX_GIT=DIR tsx scripts/facts-nginx.ts
 *
 * DIR is a git directory of nginx/nginx with its release tags. The command and variable tables of HEAD and of the mainline releases are
 * read from it; `facts-nginx/annotations.json` and `facts-nginx/documented.json` add what no table says.
 */
import { writeFileSync } from 'node:fs';
import { encodeDirective, encodeVariable } from './facts-nginx/encode.ts';
import { Repository } from './facts-nginx/repository.ts';
import { readTables } from './facts-nginx/tables.ts';

const target = 'src/servers/nginx/facts/table.json';
const directory = process.env['NGINX_GIT'];
if (!directory) {
  console.error('Set NGINX_GIT to a git directory of nginx/nginx.');
  process.exit(2);
}

const { definitions, variables, source, newest, date } = readTables(new Repository(directory));
const modules = [...new Set([...definitions, ...variables].map(({ module }) => module))].sort();
const table = {
  source,
  newest,
  date,
  modules,
  directives: definitions.map((definition) => encodeDirective(definition, modules)).sort(),
  variables: variables.map((row) => encodeVariable(row, modules)).sort(),
};
writeFileSync(target, `${JSON.stringify(table, undefined, 1)}\n`);
console.log(`${target}: ${table.directives.length} definitions, ${table.variables.length} variables.`);
