import type { Played } from '../types.ts';
import { everything, file, is } from '../parts.ts';

export const played: Played = {
  id: 'prometheus',
  packages: 'prometheus',
  isInCi: true,
  program: '/usr/bin/prometheus',
  start: (folder, port) => ({
    command: [
      '/usr/bin/prometheus',
      `--config.file=${file(folder, 'p.yml', 'scrape_configs: []\n')}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
    ],
  }),
  ready: '/-/ready',
  good: { ...everything, closed: ['/-/', '/api/v1/admin/'] },
  broken: [
    {
      name: 'reload open',
      parts: everything,
      ask: { method: 'POST', path: '/-/reload' },
      symptom: is(200),
      rule: 'application-exposure',
    },
  ],
};
