/** What Headscale needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'headscale',
  name: 'Headscale',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['headscale'], paths: ['/ts2021'], otherPaths: ['/key', '/derp'] },
  ports: [
    { port: 8080, scheme: 'http' },
    { port: 9090, scheme: 'http', role: 'metrics, local only' },
    { port: 50443, scheme: 'grpc' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/juanfont/headscale',
      what: 'docs/ref/integration/reverse-proxy.md (its nginx and Apache parts are from the community), docs/ref/debug.md, config-example.yaml',
      read: '2026-07-21 f20f1f12',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/ts2021'],
      protocol: 'tailscale-control-protocol',
      method: 'POST',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Upgrade with the value tailscale-control-protocol and method POST: Apache needs upgrade=any (upgrade=websocket does not do), nginx must pass $http_upgrade, not a fixed websocket.',
      symptom: 'clients cannot log in',
      sources: ['docs'],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'documented',
      fact: 'proxy_buffering off.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'True-Client-IP': 'client-ip', 'X-Real-IP': 'client-ip', 'X-Forwarded-For': 'client-ip' },
      bySetting: true,
      strength: 'security',
      proof: 'documented',
      fact: 'True-Client-IP, X-Real-IP, X-Forwarded-For, in this order, from trusted_proxies only (none by default); the proxy must replace them.',
      sources: ['docs'],
    },
    {
      about: 'private',
      paths: ['/metrics'],
      degree: 'closed',
      strength: 'security',
      proof: 'documented',
      fact: 'Metrics stay on their own local port.',
      sources: ['docs'],
    },
  ],
};
