/** What HashiCorp Vault needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'vault',
  name: 'HashiCorp Vault',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['hashicorpvault'], common: ['vault'], paths: ['/v1/sys/'], otherPaths: ['/ui/vault/'] },
  ports: [
    { port: 8200, scheme: 'https' },
    { port: 8201, scheme: 'tcp', role: 'cluster, not for HTTP proxies' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/hashicorp/vault',
      what: 'website/content/docs/configuration/listener/tcp/index.mdx',
      read: 'one stored version, date not shown (commit 0317559a)',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'TLS is assumed; http only with tls_disable.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip' },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: 'Once x_forwarded_for_authorized_addrs is set, requests from other peers with the header, and requests without the header, are rejected by default.',
      symptom: '400 missing x-forwarded-for',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'X-Vault-Token, X-Vault-Namespace, X-Vault-Request must pass; LIST is a method of its own (limit_except, LimitExcept).',
      sources: [],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 33554432,
      strength: 'degrades',
      proof: 'documented',
      fact: '32 MB.',
      sources: ['docs'],
    },
    {
      about: 'private',
      paths: ['/v1/sys/metrics', '/v1/sys/pprof'],
      degree: 'restricted',
      strength: 'security',
      proof: 'documented',
      fact: '/v1/sys/metrics, /v1/sys/pprof and /v1/sys/in-flight-req when opened without authentication.',
      sources: ['docs'],
    },
  ],
};
