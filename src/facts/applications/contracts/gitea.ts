/** What Gitea needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'gitea',
  name: 'Gitea',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['gitea', 'forgejo'], common: ['git'], otherPaths: ['/user/login', '/api/v1/', '/v2/', '/-/'] },
  ports: [
    { port: 3000, scheme: 'http' },
    { port: 2222, scheme: 'tcp', role: 'ssh' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/go-gitea/gitea',
      what: 'docs/content/administration/reverse-proxies.en-us.md',
      read: 'one stored version, date not shown (commit 16cb5fc6)',
    },
    url: {
      where: 'https://github.com/go-gitea/gitea',
      what: 'modules/httplib/url.go, url_test.go',
      read: 'found by exact string in stored copies; commit unknown',
    },
  },
  needs: [
    {
      about: 'raw-path',
      path: '/user/project/src/branch/feature%2Fx/README.md',
      strength: 'breaks',
      proof: 'documented',
      fact: 'The proxy must not decode the path: a%2Fb has to arrive as a%2Fb (branches, packages). Apache: AllowEncodedSlashes NoDecode and nocanon; nginx sub path: two rewrites from $request_uri.',
      symptom: '404 on branches or packages with a slash',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client', 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: "Public URLs are made from Host and X-Forwarded-Proto. Before (legacy) ROOT_URL counts as long as X-Forwarded-Proto is absent; where it is sent, Host must be the client's too. With never, ROOT_URL always. Forgejo was not looked at.",
      when: 'PUBLIC_URL_DETECTION = auto (default from 1.26 on)',
      versions: '>=1.26',
      sources: ['docs', 'url'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 536870912,
      strength: 'breaks',
      proof: 'documented',
      fact: 'Large files, LFS and packages; vendor 512M.',
      symptom: '413 Request Entity Too Large on push or upload',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'degrades',
      proof: 'documented',
      fact: 'Sub path is discouraged; prefix is stripped and ROOT_URL has it. The container registry needs /v2 at the root of the host name as well.',
      sources: ['docs'],
    },
    {
      about: 'websocket',
      paths: ['/'],
      strength: 'recommended',
      proof: 'documented',
      fact: 'The sample passes Upgrade and Connection ($http_connection).',
      sources: ['docs'],
    },
    {
      about: 'trusted-header',
      names: ['X-WEBAUTH-USER', 'X-WEBAUTH-EMAIL', 'X-WEBAUTH-FULLNAME'],
      strength: 'security',
      proof: 'recalled',
      fact: 'With ENABLE_REVERSE_PROXY_AUTHENTICATION the header X-WEBAUTH-USER logs in; clear it where the proxy does not set it.',
      sources: [],
    },
  ],
};
