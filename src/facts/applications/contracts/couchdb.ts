/** What CouchDB needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'couchdb',
  name: 'CouchDB',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['couchdb'], paths: ['/_utils'], otherPaths: ['/_session', '/_utils/', '/_changes'] },
  ports: [{ port: 5984, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/apache/couchdb',
      what: 'src/docs/src/best-practices/reverse-proxies.rst',
      read: '2026-08-06 a6778e5d',
    },
    code: {
      where: 'https://github.com/apache/couchdb',
      what: 'src/chttpd/src/chttpd.erl (absolute_uri)',
      read: '2026-08-06 a6778e5d',
    },
  },
  needs: [
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'proxy_buffering off, else continuous replication does not work; in Apache buffering cannot be switched off fully, and the project advises against it.',
      sources: ['docs'],
    },
    {
      about: 'raw-path',
      path: '/database/_design%2Fname',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Apache: AllowEncodedSlashes On and nocanon; nginx below a path: rewrite from $request_uri.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Below a path /_session must also be at the root (session replication since 2.3.0).',
      versions: '>=2.3.0',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-For': 'append-ip' },
      orBy: {
        Host: ['X-Forwarded-Host'],
        'X-Forwarded-For': ['X-Forwarded-Ssl', 'X-Forwarded-Proto', 'X-Forwarded-Host'],
      },
      strength: 'degrades',
      proof: 'confirmed',
      fact: 'Absolute URLs become https by X-Forwarded-Ssl: on, which the documentation names, or else by X-Forwarded-Proto: https (code); one of the two is enough. X-Forwarded-Host goes before Host. Header names can be configured (x_forwarded_ssl, x_forwarded_proto, x_forwarded_host).',
      symptom: 'Location headers with http://',
      sources: ['docs', 'code'],
    },
    {
      about: 'trusted-header',
      names: ['X-Auth-CouchDB-UserName', 'X-Auth-CouchDB-Roles', 'X-Auth-CouchDB-Token'],
      strength: 'security',
      proof: 'recalled',
      fact: 'With proxy authentication X-Auth-CouchDB-UserName, -Roles, -Token log in.',
      sources: [],
    },
  ],
};
