/**
 * Applications behind running nginx and httpd, in their good form and with single parts broken: what users see and what proxylint finds go
 * together. CI installs those that take seconds; `scripts/applications/play/main.ts` plays all that are installed.
 */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { allPlayed } from '../../scripts/applications/play/all.ts';
import { nameOf, play } from '../../scripts/applications/play/play.ts';
import { installedVersion, serversRequired } from '../oracle/lib/install.ts';

const hasServers = installedVersion('nginx') !== undefined && installedVersion('apache') !== undefined;
const wanted = (await allPlayed()).filter(
  ({ isInCi, program }) => isInCi && (serversRequired || (hasServers && existsSync(program))),
);
if (wanted.length === 0) console.warn('No application is played: nginx, httpd and the applications are not installed.');

/** Milliseconds; a machine that does much else takes its time to start them. */
const timeout = 180_000;

describe.skipIf(wanted.length === 0)('applications do behind the proxy what their contracts say', { timeout }, () => {
  test.each(wanted.map((application) => [nameOf(application), application] as const))('%s', async (_, application) => {
    expect(existsSync(application.program), `install ${application.packages}`).toBe(true);
    const failed: string[] = [];
    await play(application, (holds, text) => {
      if (!holds) failed.push(text);
    });
    expect(failed).toEqual([]);
  });
});
