/** What Gerrit Code Review needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'gerrit',
  name: 'Gerrit Code Review',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['gerrit'], common: ['review'], otherPaths: ['/c/', '/changes/', '/p/'], prefixes: ['/r/'] },
  ports: [
    { port: 8080, scheme: 'http' },
    { port: 8081, scheme: 'http', role: 'proxy-http listenUrl in the manual' },
    { port: 29418, scheme: 'tcp', role: 'ssh' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/gerrit-review/gerrit',
      what: 'Documentation/config-reverseproxy.txt',
      read: '2017-11-11 7d35ff3f',
    },
  },
  needs: [
    {
      about: 'raw-path',
      path: '/changes/group%2Fproject~1/detail',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Apache: AllowEncodedSlashes On (NoDecode does as well, run on 2.4.71) together with nocanon, or NoDecode with mod_rewrite; nginx: proxy_pass without a path. Needed since 2.6.',
      symptom: 'Page Not Found on the change screen',
      versions: '>=2.6',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'ProxyPass path and httpd.listenUrl must match.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-For': 'client-ip' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'ProxyPreserveHost On, Host $host, X-Forwarded-For $remote_addr.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'listenUrl proxy-https:// tells it that TLS ended before.',
      sources: ['docs'],
    },
  ],
};
