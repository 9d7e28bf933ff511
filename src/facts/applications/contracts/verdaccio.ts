/** What Verdaccio needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'verdaccio',
  name: 'Verdaccio',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['verdaccio'], common: ['npm'], otherPaths: ['/-/', '/-/web/'], prefixes: ['/npm'] },
  ports: [{ port: 4873, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/verdaccio/verdaccio',
      what: 'website/docs/reverse-proxy.md',
      read: 'one stored version, date not shown (commit 30a5eb14)',
    },
    'run, 6.10.4': {
      where: 'Verdaccio 6.10.4 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'raw-path',
      path: '/@scope%2Fname',
      decodedToo: true,
      strength: 'breaks',
      proof: 'played',
      fact: 'npm asks for /@scope%2fname: httpd answers 404 itself with AllowEncodedSlashes Off (the default). NoDecode is the safe value; the decoded form /@scope/name is accepted as well (also by nginx with a slash in proxy_pass), nocanon is not needed.',
      symptom: '404 from httpd on scoped packages',
      sources: ['run, 6.10.4'],
    },
    {
      about: 'headers',
      values: { Host: 'client', 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'played',
      fact: 'Host with port and X-Forwarded-Proto make the tarball URLs; X-Forwarded-Host is not read, so httpd needs ProxyPreserveHost On.',
      symptom: 'tarball URLs point at 127.0.0.1:4873',
      sources: ['docs', 'run, 6.10.4'],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'played',
      fact: 'url_prefix /path/ with the prefix stripped.',
      symptom: '404 with the prefix kept',
      sources: ['docs', 'run, 6.10.4'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 10485760,
      strength: 'degrades',
      proof: 'played',
      fact: 'npm publish sends the tarball as base64 in one JSON body (max_body_size 10mb by default): above 1 MB refused by the default of nginx.',
      symptom: '413 on npm publish',
      sources: ['run, 6.10.4'],
    },
  ],
};
