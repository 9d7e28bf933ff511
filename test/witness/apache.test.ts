/** Each rule about what httpd does, shown on the running server: the finding and the behaviour that it announces. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';

import { installedVersion, serversRequired } from '../oracle/lib/install.ts';
import { Apache, isWhole, wholeConfig } from './lib/apache.ts';
import type { WitnessCase } from './lib/case.ts';
import { casesIn } from './lib/cases.ts';
import { playCases } from './lib/suite.ts';
import { startSurroundings, type Surroundings } from './lib/surroundings.ts';

const version = installedVersion('apache');
if (!version && !serversRequired) console.warn('The witnesses of httpd are skipped: it is not installed.');

describe.skipIf(!version && !serversRequired)('httpd does what the rules say', async () => {
  let surroundings: Surroundings;
  beforeAll(async () => {
    if (!version) throw new Error('httpd is not installed');
    surroundings = await startSurroundings();
    chmodSync(surroundings.folder, 0o755);
    chmodSync(join(surroundings.folder, 'srv/dav'), 0o777);
  });
  afterAll(() => surroundings?.close());

  const kind = { dialect: 'apache', version, isWhole, wholeConfig, prepare: Apache.prepare } as const;
  for (const file of await casesIn<WitnessCase>('apache/*.ts')) playCases(kind, file, () => surroundings);
});
