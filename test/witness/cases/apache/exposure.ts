import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'open-forward-proxy',
    messageId: 'granted',
    config: `ProxyRequests On
    <Proxy "*">
      Require all granted
    </Proxy>`,
    request: { target: 'http://127.0.0.1:8080/x' },
    shows: { status: 200, backend: { uri: '/x', headers: { host: '127.0.0.1:8080' } } },
    fixed: {
      config: `ProxyRequests On
      <Proxy "*">
        Require ip 10.0.0.0/8
      </Proxy>`,
      shows: { status: 403, backend: undefined },
    },
  },
  {
    rule: 'open-forward-proxy',
    messageId: 'unrestricted',
    config: `ProxyRequests On
    AllowCONNECT 1024-65535`,
    request: { method: 'CONNECT', target: '127.0.0.1:8443' },
    shows: { status: 200 },
    fixed: { config: 'ProxyRequests Off', shows: { status: 405 } },
  },
  {
    rule: 'status-page-exposed',
    messageId: 'open',
    config: `<Location /server-status>
      SetHandler server-status
    </Location>`,
    request: { target: '/server-status' },
    shows: { status: 200, body: /Apache Server Status/ },
    fixed: {
      config: `<Location /server-status>
        SetHandler server-status
        Require ip 10.0.0.1
      </Location>`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'status-page-exposed',
    messageId: 'control',
    config: `<Location /balancer-manager>
      SetHandler balancer-manager
    </Location>`,
    request: { target: '/balancer-manager' },
    shows: { status: 200, body: /Load Balancer Manager/ },
  },
  {
    rule: 'trace-enabled',
    messageId: 'enabled',
    config: 'TraceEnable On',
    request: { method: 'TRACE', headers: { 'X-Added-By-Proxy': 'key' } },
    shows: { status: 200, body: /X-Added-By-Proxy: key/ },
    fixed: { shows: { status: 405 } },
  },
  {
    rule: 'trace-enabled',
    messageId: 'default',
    config: `Listen 80
DocumentRoot /srv/site`,
    request: { method: 'TRACE', headers: { 'X-Added-By-Proxy': 'key' } },
    shows: { status: 200, body: /X-Added-By-Proxy: key/ },
  },
];
