/**
 * Writes `src/facts/nginx/table.json`.
 *
 *     NGINX_TABLES=DIR tsx scripts/facts-nginx.ts
 *
 * DIR holds `nginx-directives.json`, `nginx-inheritance.json` and `nginx-variables.json`: what was extracted from the
 * nginx sources and checked against running servers.
 */
import { writeFileSync } from 'node:fs';
import { encodeDirective, encodeVariable } from './facts-nginx/encode.ts';
import { readTables } from './facts-nginx/read-tables.ts';

const target = 'src/facts/nginx/table.json';
const directory = process.env['NGINX_TABLES'];
if (!directory) {
  console.error('Set NGINX_TABLES to the directory of the extracted tables.');
  process.exit(2);
}

const tables = readTables(directory);
const modules = [...new Set([...tables.definitions, ...tables.variables].map(({ module }) => module))].sort();
const table = {
  source: tables.source,
  newest: /nginx (\d+\.\d+\.\d+)-dev/.exec(tables.source)?.[1],
  date: /-dev, (\d{4}-\d\d-\d\d)/.exec(tables.source)?.[1],
  modules,
  directives: tables.definitions.map((definition) => encodeDirective(definition, modules)).sort(),
  variables: tables.variables.map((row) => encodeVariable(row, modules)).sort(),
};
writeFileSync(target, `${JSON.stringify(table, undefined, 1)}\n`);
console.log(`${target}: ${table.directives.length} definitions, ${table.variables.length} variables.`);
