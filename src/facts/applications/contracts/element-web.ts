/** What Element Web needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'element-web',
  name: 'Element Web',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['elementweb'], common: ['element'], otherPaths: ['/config.json'] },
  ports: [{ port: 80, scheme: 'http' }],
  sources: {
    readme: {
      where: 'https://github.com/element-hq/element-web',
      what: 'README.md, docs/install.md',
      read: 'one stored version, date not shown (commit 00096dde, 05aa6c1d)',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'security',
      proof: 'documented',
      fact: 'Not on the same host name as the Matrix homeserver (XSS through served media).',
      sources: ['readme'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'HTTPS is required for calls and for the crypto of browsers.',
      sources: ['readme'],
    },
  ],
};
