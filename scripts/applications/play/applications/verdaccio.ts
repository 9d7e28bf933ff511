import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { everything, file, is, modules, node, not, wrongHosts } from '../parts.ts';
import type { Answer, Played } from '../types.ts';

const archive = Buffer.from('no archive');
const shasum = createHash('sha1').update(archive).digest('hex');
const dist = { tarball: 'http://localhost/@s/p/-/p-1.0.0.tgz', shasum };
const version = { name: '@s/p', version: '1.0.0', dist };
const published = {
  _id: '@s/p',
  name: '@s/p',
  versions: { '1.0.0': version },
  'dist-tags': { latest: '1.0.0' },
  _attachments: {
    'p-1.0.0.tgz': {
      content_type: 'application/octet-stream',
      data: archive.toString('base64'),
      length: archive.length,
    },
  },
};
const ask = { path: '/@s%2fp' };
/** The address of the tarball is that of another origin. */
const pointsElsewhere = ({ body }: Answer, origin: string): boolean => !body.includes(`${origin}/@s/p/-/`);

export const played: Played = {
  id: 'verdaccio',
  packages: 'npm: verdaccio@6.8.0',
  isInCi: false,
  program: join(modules, 'verdaccio/bin/verdaccio'),
  start(folder, port) {
    const config = `storage: ${folder}/storage
packages:
  '**':
    access: $all
    publish: $all
log: { type: stdout, level: error }
`;
    const options = ['-c', file(folder, 'c.yaml', config), '-l', `127.0.0.1:${port}`];
    return { command: [node, join(modules, 'verdaccio/bin/verdaccio'), ...options] };
  },
  ready: '/-/ping',
  prepare: [
    {
      method: 'PUT',
      path: '/@s%2fp',
      text: JSON.stringify(published),
      headers: { 'Content-Type': 'application/json' },
    },
  ],
  good: everything,
  broken: [
    {
      name: 'encoded slashes refused',
      parts: { ...everything, encodedSlashes: false },
      ask,
      symptom: is(404),
      rule: 'application-path',
      servers: ['apache'],
    },
    {
      name: 'no scheme',
      parts: { ...everything, scheme: false },
      ask,
      symptom: pointsElsewhere,
      rule: 'missing-forwarded-proto',
    },
    ...wrongHosts({ ask, symptom: pointsElsewhere }),
    {
      name: 'default body limit',
      parts: { host: '$http_host', scheme: true, upgrade: true },
      ask: { method: 'PUT', path: '/@s%2fbig', size: 2_000_000, headers: { 'Content-Type': 'application/json' } },
      symptom: is(413),
      rule: 'application-body-size',
      servers: ['nginx'],
    },
    {
      name: 'prefix kept',
      good: { ...everything, prefix: '/npm', slash: true },
      parts: { ...everything, prefix: '/npm' },
      ask: { path: '/npm/-/ping' },
      symptom: not(200),
      rule: 'application-path',
    },
  ],
};
