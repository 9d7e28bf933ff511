/** Each rule about what sslh does, shown on the running server: the finding and the behaviour that it announces. */
import { afterAll, beforeAll, describe } from 'vitest';

import { serversRequired } from '../oracle/lib/install.ts';
import { installedSslh } from '../oracle/lib/sslh.ts';
import { casesIn } from './lib/cases.ts';
import { Sslh, type SslhCase } from './lib/sslh.ts';
import { startSslhSurroundings } from './lib/sslh-surroundings.ts';
import { playCases } from './lib/suite.ts';
import type { Surroundings } from './lib/surroundings.ts';

const version = installedSslh();
if (!version && !serversRequired) console.warn('The witnesses of sslh are skipped: it is not installed.');

describe.skipIf(!version && !serversRequired)('sslh does what the rules say', async () => {
  let surroundings: Surroundings;
  beforeAll(async () => {
    if (!version) throw new Error('sslh is not installed');
    surroundings = await startSslhSurroundings();
  });
  afterAll(() => surroundings?.close());

  const kind = {
    dialect: 'sslh',
    version,
    isWhole: () => true,
    wholeConfig: String,
    prepare: Sslh.prepare,
  } as const;
  for (const file of await casesIn<SslhCase>('sslh.ts')) playCases(kind, file, () => surroundings);
});
