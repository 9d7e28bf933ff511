/** What Kibana needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'kibana',
  name: 'Kibana',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['kibana', 'opensearchdashboards'],
    common: ['logs', 'opensearch'],
    otherPaths: ['/app/kibana', '/app/home', '/_dashboards'],
  },
  ports: [{ port: 5601, scheme: 'http' }],
  sources: {
    bp: { where: 'https://www.elastic.co/guide/en/kibana/8.19/development-basepath.html', read: '8.19, stored copy' },
    iss: { where: 'https://github.com/elastic/kibana/issues/6665', read: 'issue, 2016' },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'server.basePath (no slash at its end) and server.rewriteBasePath: true = prefix kept by the proxy and removed by Kibana, false = the proxy strips it.',
      symptom: '404 for everything',
      sources: ['bp', 'iss'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'kbn-xsrf (osd-xsrf) and kbn-version must pass.',
      sources: [],
    },
    {
      about: 'trusted-header',
      names: ['x-proxy-user', 'x-proxy-roles'],
      strength: 'security',
      proof: 'recalled',
      fact: 'Proxy authentication of the OpenSearch security plugin trusts x-proxy-user and x-proxy-roles.',
      sources: [],
    },
  ],
};
