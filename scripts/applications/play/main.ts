/**
 * Plays applications behind running nginx and httpd, in their good form and with single parts broken: what users see and what proxylint
 * finds must go together. `npx tsx scripts/applications/play/main.ts [ID...]`; what is not installed is skipped. Loopback only.
 */
import { existsSync } from 'node:fs';

import { allPlayed } from './all.ts';
import { nameOf, play } from './play.ts';

let faults = 0;
let claims = 0;

function claim(holds: boolean, text: string): void {
  claims++;
  if (!holds) faults++;
  console.log(`${holds ? 'ok   ' : 'FAULT'} ${text}`);
}

const wanted = process.argv.slice(2);
const ids = new Set<string>();
for (const application of await allPlayed()) {
  const { id, program, packages } = application;
  if (wanted.length > 0 && !wanted.includes(id)) continue;
  if (!existsSync(program)) {
    console.log(`skip  ${nameOf(application)}: not installed (${packages})`);
    continue;
  }
  const start = Date.now();
  try {
    await play(application, claim);
    ids.add(id);
  } catch (error) {
    claim(false, `${nameOf(application)}: ${String(error)}`);
  }
  console.log(`${nameOf(application)}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}
console.log(`${ids.size} applications, ${claims} claims, ${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
