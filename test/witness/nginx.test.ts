/** Each rule about what nginx does, shown on the running server: the finding and the behaviour that it announces. */
import { afterAll, beforeAll, describe } from 'vitest';

import { installedVersion, serversRequired } from '../oracle/lib/install.ts';
import type { WitnessCase } from './lib/case.ts';
import { casesIn } from './lib/cases.ts';
import { isWhole, Nginx, wholeConfig } from './lib/nginx.ts';
import { playCases } from './lib/suite.ts';
import { startSurroundings, type Surroundings } from './lib/surroundings.ts';

const version = installedVersion('nginx');
if (!version && !serversRequired) console.warn('The witnesses of nginx are skipped: it is not installed.');

describe.skipIf(!version && !serversRequired)('nginx does what the rules say', async () => {
  let surroundings: Surroundings;
  beforeAll(async () => {
    if (!version) throw new Error('nginx is not installed');
    surroundings = await startSurroundings();
  });
  afterAll(() => surroundings?.close());

  const kind = { dialect: 'nginx', version, isWhole, wholeConfig, prepare: Nginx.prepare } as const;
  for (const file of await casesIn<WitnessCase>('nginx/*.ts')) playCases(kind, file, () => surroundings);
});
