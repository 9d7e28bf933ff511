/** What ownCloud Infinite Scale needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'ocis',
  name: 'ownCloud Infinite Scale',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['ocis', 'infinitescale', 'owncloudinfinitescale'],
    common: ['owncloud'],
    otherPaths: ['/dav/', '/signin/v1/', '/konnect/v1/'],
  },
  ports: [{ port: 9200, scheme: 'https', role: 'proxy service; self-signed by default, http with PROXY_TLS=false' }],
  sources: {
    docs: {
      where: 'https://github.com/owncloud/docs-ocis',
      what: 'modules/admin/pages/deployment/general/general-info.adoc, ocis_helpers/services/persistent_files/env_vars.yaml',
      read: '2026-08-20 92b0feff',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '9200 is HTTPS by default (PROXY_TLS true): either https:// without verification or PROXY_TLS=false and http://.',
      symptom: '400 client sent an HTTP request to an HTTPS server',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'OCIS_URL must be the public address; the built-in IDP needs https and the same name.',
      sources: ['docs'],
    },
  ],
};
