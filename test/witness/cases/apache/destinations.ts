import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'redirect-to-localhost',
    messageId: 'local',
    config: 'Redirect permanent /a http://localhost/b',
    request: { target: '/a' },
    shows: { status: 301, headers: { location: 'http://localhost/b' } },
  },
];
