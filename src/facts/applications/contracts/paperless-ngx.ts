/** What Paperless-ngx needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'paperless-ngx',
  name: 'Paperless-ngx',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['paperless', 'paperlessngx'],
    common: ['webserver'],
    otherPaths: ['/ws/status/', '/api/documents/'],
  },
  ports: [{ port: 8000, scheme: 'http' }],
  sources: {
    cfg: {
      where: 'https://github.com/paperless-ngx/paperless-ngx',
      what: 'docs/configuration.md, docs/changelog.md',
      read: '2026-08-08 b0e0e8a3',
    },
    code: {
      where: 'https://github.com/paperless-ngx/paperless-ngx',
      what: 'src/paperless/urls.py, tests/test_websockets.py',
      read: '2026-08-08 b0e0e8a3',
    },
    set: {
      where: 'https://github.com/paperless-ngx/paperless-ngx',
      what: 'src/paperless/settings/__init__.py',
      read: '2026-08-08 b0e0e8a3',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/ws/'],
      strength: 'degrades',
      proof: 'documented',
      fact: '/ws/status/.',
      symptom: 'no progress of uploads',
      sources: ['code'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'confirmed',
      fact: "A setting of the application, not of the proxy: PAPERLESS_URL must be the public origin (it goes into the trusted origins of the CSRF check). Then Host is not compared, as allowed hosts stay '*' unless PAPERLESS_ALLOWED_HOSTS is set (then Host must be one of them). X-Forwarded-Host, -Port and -Proto are ignored unless PAPERLESS_USE_X_FORWARD_HOST, _PORT, PAPERLESS_PROXY_SSL_HEADER are set.",
      symptom: '403 CSRF verification failed',
      sources: ['cfg', 'set'],
    },
    {
      about: 'trusted-header',
      names: ['Remote-User'],
      strength: 'security',
      proof: 'documented',
      fact: 'With PAPERLESS_ENABLE_HTTP_REMOTE_USER (or ..._API) a Remote-User header logs in: the proxy must not pass one from outside.',
      sources: ['cfg'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'PAPERLESS_FORCE_SCRIPT_NAME without a slash at its end; PAPERLESS_URL without a path.',
      sources: ['cfg'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 10485760,
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Documents above 1 MB are the rule.',
      sources: [],
    },
  ],
};
