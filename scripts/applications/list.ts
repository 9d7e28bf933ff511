/**
 * Lists every application that is recognised in configs, with the evidence: `npx tsx scripts/applications/list.ts FILES...`.
 * To be read: none may be named wrongly.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { findConfigs, readConfig } from '../../src/lint/read.ts';
import { sitesOf } from '../../src/rules/_shared/applications/sites.ts';
import { lower } from '../../src/servers/index.ts';

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

for (const path of process.argv.slice(2).flatMap(filesOf)) {
  for (const found of await findConfigs(path, readFileSync(path, 'utf8'))) {
    if (found.dialect === 'sslh') continue;
    const config = await readConfig(found, {});
    const model = lower(config, {});
    for (const { application, sureness, signs, base, routes } of await sitesOf({ config, model, applications: [] })) {
      const { line } = found.source.positionAt(routes[0].directive.start);
      const evidence = signs.map(({ text, weight }) => `${text} (${weight})`).join(', ');
      console.log(`${path}:${line} ${application.id}${base} ${sureness}: ${evidence}`);
    }
  }
}
