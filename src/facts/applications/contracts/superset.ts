/** What Apache Superset needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'superset',
  name: 'Apache Superset',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['superset', 'supersetapp'], otherPaths: ['/api/v1/chart/'] },
  ports: [{ port: 8088, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/apache/superset',
      what: 'docs/docs/configuration/configuring-superset.mdx',
      read: 'one stored version, date not shown (commit 00e84da2)',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip', Host: 'client-or-name' },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: 'ENABLE_PROXY_FIX = True to read X-Forwarded-For and -Proto; Apache: RequestHeader set X-Forwarded-Proto.',
      symptom: 'OAuth redirect to http://',
      sources: ['docs'],
    },
  ],
};
