/** What Ruby on Rails needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'rails',
  name: 'Ruby on Rails',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['puma', 'rails', 'rubyonrails'], otherPaths: ['/cable', '/assets/'] },
  ports: [{ port: 3000, scheme: 'http' }],
  sources: {
    code: {
      where: 'https://github.com/rails/rails',
      what: 'actionpack/.../remote_ip.rb, http/url.rb, host_authorization.rb, request_forgery_protection.rb; actioncable/.../server/base.rb; guides/source/configuring.md',
      read: '2026-08-22 2a2db1e8 (8.x main)',
    },
    'run, 6.1.7.10': {
      where: 'Ruby on Rails 6.1.7.10 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client', 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'played',
      fact: 'X-Forwarded-Proto (or config.assume_ssl) is needed behind TLS: CSRF origin check (Origin must equal base_url) and force_ssl depend on it; X-Forwarded-Host, when present, replaces Host (last entry).',
      symptom:
        "422 InvalidAuthenticityToken / HTTP Origin header didn't match request.base_url; with force_ssl 301 to the same URL",
      sources: ['code', 'run, 6.1.7.10'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip' },
      strength: 'degrades',
      proof: 'played',
      fact: 'X-Forwarded-For and Forwarded: private and loopback addresses are skipped from the right; Client-Ip that contradicts raises IpSpoofAttackError.',
      symptom: '500 IpSpoofAttackError',
      sources: ['code', 'run, 6.1.7.10'],
    },
    {
      about: 'trusted-header',
      names: ['Client-Ip'],
      strength: 'degrades',
      proof: 'played',
      fact: 'X-Forwarded-For and Forwarded: private and loopback addresses are skipped from the right; Client-Ip that contradicts raises IpSpoofAttackError.',
      symptom: '500 IpSpoofAttackError',
      sources: ['code', 'run, 6.1.7.10'],
    },
    {
      about: 'websocket',
      paths: ['/cable'],
      strength: 'breaks',
      proof: 'played',
      fact: 'Action Cable: Origin must equal scheme://Host (with port; X-Forwarded-Host does not count here) or be in allowed_request_origins; X-Forwarded-Proto is needed behind TLS.',
      symptom: '404 on /cable, Request origin not allowed in the log',
      sources: ['code', 'run, 6.1.7.10'],
    },
  ],
};
