/** What Apache Airflow needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'airflow',
  name: 'Apache Airflow',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['airflow', 'airflowwebserver', 'airflowapiserver'], otherPaths: ['/home', '/api/v2/', '/auth/'] },
  ports: [{ port: 8080, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/apache/airflow',
      what: 'airflow-core/docs/howto/run-behind-proxy.rst',
      read: 'one stored version, date not shown (commit 135b4efc (3.x))',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme' },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: '--proxy-headers for the API server, FORWARDED_ALLOW_IPS where the proxy is on another host; Host, X-Forwarded-Proto; X-Forwarded-For gives the address only.',
      versions: '>=3',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'recalled',
      fact: '2.x: [webserver] enable_proxy_fix.',
      versions: '>=2 <3',
      sources: [],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'base_url with the path; prefix kept.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: "No frame-ancestors 'none' (parts of the UI are iframes) and no HttpOnly added to its cookies (the front end reads them): no proxy_cookie_flags httponly.",
      versions: '>=3',
      sources: ['docs'],
    },
    {
      about: 'websocket',
      paths: ['/ws'],
      strength: 'recommended',
      proof: 'documented',
      fact: 'Sample passes Upgrade.',
      sources: ['docs'],
    },
  ],
};
