/** What JFrog Artifactory needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'artifactory',
  name: 'JFrog Artifactory',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['artifactory', 'jfrog', 'artifactorydirect'], otherPaths: ['/ui/', '/v2/'] },
  ports: [
    { port: 8082, scheme: 'http', role: 'router (7.x)' },
    { port: 8081, scheme: 'http', role: 'artifactory' },
  ],
  sources: {
    help7: {
      where: 'https://jfrog.com/help/r/artifactory-the-recommended-nginx-reverse-proxy-configuration-for-artifactory-7',
      read: 'stored copy, 2020-12 to 2024-03',
    },
    help4: {
      where: 'https://jfrog.com/help/r/why-does-docker-stop-working-after-upgrading-to-artifactory-4-4-0',
      read: 'stored copy',
    },
    help: { where: 'https://jfrog.com/help/r/jfrog-artifactory-documentation/http-settings', read: 'stored copy' },
  },
  needs: [
    {
      about: 'headers',
      values: {
        'X-JFrog-Override-Base-Url': 'absolute-url',
        'X-Forwarded-Proto': 'scheme',
        'X-Forwarded-Port': 'client-port',
        Host: 'client',
      },
      orBy: {
        'X-Forwarded-Proto': ['X-JFrog-Override-Base-Url'],
        'X-Forwarded-Port': ['X-JFrog-Override-Base-Url'],
        Host: ['X-JFrog-Override-Base-Url'],
      },
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'X-JFrog-Override-Base-Url (7.x) with scheme, host and port; X-Artifactory-Override-Base-Url before.',
      symptom: 'docker login, push and pull fail',
      versions: '>=7',
      sources: ['help7', 'help4'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '/ goes to the router on 8082, /artifactory/ may go to 8081.',
      sources: ['help7'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'breaks',
      proof: 'documented',
      fact: 'client_max_body_size 0, chunked_transfer_encoding on.',
      sources: ['help7'],
    },
    {
      about: 'timeout',
      paths: ['/'],
      least: 2400,
      strength: 'degrades',
      proof: 'documented',
      fact: 'proxy_read_timeout 2400s.',
      sources: ['help7'],
    },
    {
      about: 'note',
      strength: 'recommended',
      proof: 'documented',
      fact: 'Bind Artifactory to the proxy host only.',
      sources: ['help'],
    },
  ],
};
