/** Broken configs: proxylint refuses what the installed servers refuse, and nothing else. */
import { describe, expect, test } from 'vitest';

import { missingTools, serversRequired, type Server } from './lib/install.ts';
import { figuresOf, reportOf } from './lib/report.ts';
import { runMutants } from './lib/run-mutants.ts';

const seed = 20_260;
const count = 300;
/** Shares of judged mutants on which the verdicts, and of refusals on which the lines must agree: they can only grow. */
const floors: Readonly<Record<Server, { verdict: number; line: number }>> = {
  nginx: { verdict: 0.99, line: 0.98 },
  apache: { verdict: 0.99, line: 0.98 },
};

describe.each<Server>(['nginx', 'apache'])('%s', (server) => {
  const missing = missingTools(server);
  if (missing !== undefined && !serversRequired) {
    test.skip(`needs the real server: ${missing}`, () => {});
    return;
  }

  test(`agrees on ${count} mutants`, async () => {
    expect(missing).toBeUndefined();
    const run = await runMutants(server, seed, count);
    const figures = figuresOf(run);
    expect(run.crashes).toEqual([]);
    expect(run.mutants.length).toBe(count);
    expect(
      run.falselyRefused.map(({ path }) => path),
      reportOf(run, 1),
    ).toEqual([]);
    expect(figures.agreed / figures.judged, reportOf(run, 1)).toBeGreaterThanOrEqual(floors[server].verdict);
    expect(figures.sameLine / figures.refusedWithLine, reportOf(run, 1)).toBeGreaterThanOrEqual(floors[server].line);
  });
});
