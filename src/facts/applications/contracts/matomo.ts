/** What Matomo needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'matomo',
  name: 'Matomo',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['matomo', 'piwik'],
    common: ['analytics'],
    otherPaths: ['/matomo.php', '/matomo.js', '/piwik.php'],
  },
  ports: [{ port: 80, scheme: 'http' }],
  sources: {
    ini: { where: 'https://github.com/matomo-org/matomo', what: 'config/global.ini.php', read: '2024-10-24 f09912cb' },
    url: {
      where: 'https://github.com/matomo-org/matomo',
      what: 'core/Url.php, core/ProxyHeaders.php',
      read: '2024-10-24 f09912cb',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme' },
      orBy: { 'X-Forwarded-Proto': ['X-Forwarded-Scheme', 'X-Url-Scheme'] },
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'Scheme: X-Forwarded-Scheme, X-Url-Scheme (https) and X-Forwarded-Proto (http or https) are read without any setting, from any peer; assume_secure_protocol = 1 does without them.',
      symptom: 'http:// links, mixed content',
      sources: ['url', 'ini'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip', 'X-Forwarded-Host': 'client' },
      bySetting: true,
      strength: 'degrades',
      proof: 'documented',
      fact: 'Client address and host: no header counts unless proxy_client_headers[] and proxy_host_headers[] name it.',
      symptom: "all visits from the proxy's address",
      sources: ['ini'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'Host must be in trusted_hosts[] (UI).',
      sources: ['ini'],
    },
    {
      about: 'private',
      paths: ['/config/config.ini.php', '/tmp/', '/core/', '/lang/'],
      degree: 'closed',
      strength: 'security',
      proof: 'recalled',
      fact: 'config, tmp, core, lang directories (official nginx config has them).',
      sources: [],
    },
  ],
};
