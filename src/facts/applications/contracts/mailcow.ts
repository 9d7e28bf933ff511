/** What mailcow needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'mailcow',
  name: 'mailcow',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['mailcow', 'nginxmailcow'],
    common: ['mail', 'autodiscover', 'autoconfig'],
    paths: ['/SOGo/'],
    otherPaths: ['/Microsoft-Server-ActiveSync', '/rspamd/'],
  },
  ports: [
    { port: 8080, scheme: 'http', role: 'HTTP_PORT in the docs' },
    { port: 8443, scheme: 'https', role: 'HTTPS_PORT in the docs' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/mailcow/mailcow-dockerized-docs',
      what: 'docs/post_installation/reverse-proxy/r_p*.en.md',
      read: '2026-08-22 380f81ee',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: "Client's Host; names other than MAILCOW_HOSTNAME need ADDITIONAL_SERVER_NAMES.",
      sources: ['docs'],
    },
    {
      about: 'header-buffer',
      usual: 131072,
      strength: 'breaks',
      proof: 'documented',
      fact: 'proxy_buffer_size 128k, proxy_buffers 64 512k, proxy_busy_buffers_size 512k since the update of April 2022 (SOGo login).',
      symptom: '502 upstream sent too big header at the SOGo login',
      versions: '>=2022.4',
      sources: ['docs'],
    },
    {
      about: 'timeout',
      paths: ['/Microsoft-Server-ActiveSync'],
      least: 3600,
      strength: 'degrades',
      proof: 'documented',
      fact: '/Microsoft-Server-ActiveSync 3650 s (push) in the nginx sample. The Apache sample has connectiontimeout=4000 there, which bounds connecting only; waiting for the answer is timeout= or ProxyTimeout.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'breaks',
      proof: 'documented',
      fact: '0.',
      sources: ['docs'],
    },
    {
      about: 'well-known',
      paths: ['/.well-known/acme-challenge/token'],
      scheme: 'http',
      strength: 'breaks',
      proof: 'documented',
      fact: 'ACME requests must reach mailcow when it does certificates itself.',
      when: 'mailcow makes its certificates itself',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Real-IP': 'client-ip', 'X-Forwarded-Proto': 'scheme' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'X-Real-IP from 172.22.1.1, or TRUSTED_PROXIES.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Ports 8081, 9081 and 65510 must not be used for it.',
      sources: ['docs'],
    },
  ],
};
