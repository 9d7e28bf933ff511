import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'backend-tls-engine-off',
    messageId: 'off',
    config: 'ProxyPass / https://api.example.com/',
    request: {},
    shows: { status: 500, backend: undefined },
    fixed: {
      // With the host that was asked for, whose certificate the backend has.
      config: `SSLProxyEngine on
      ProxyPreserveHost On
      ProxyPass / https://api.example.com/`,
      shows: { status: 200, backend: { uri: '/' } },
    },
  },
  {
    rule: 'backend-tls-unverified',
    messageId: 'unverified',
    config: `SSLProxyEngine on
    ProxyPreserveHost On
    ProxyPass / https://api.example.com/`,
    request: {},
    shows: { status: 200, backend: { uri: '/' } },
  },
  {
    rule: 'backend-tls-unverified',
    messageId: 'nobodyTrusted',
    config: `SSLProxyEngine on
    SSLProxyVerify require
    ProxyPreserveHost On
    ProxyPass / https://api.example.com/`,
    request: {},
    shows: { status: 500, backend: undefined },
    fixed: {
      config: `SSLProxyEngine on
      SSLProxyVerify require
      SSLProxyCACertificateFile /etc/ssl/site.pem
      ProxyPreserveHost On
      ProxyPass / https://api.example.com/`,
      shows: { status: 200, backend: { uri: '/' } },
    },
  },
  {
    rule: 'preserve-host-with-backend-tls-name',
    messageId: 'mismatch',
    config: `ServerName shop.example.com
    SSLProxyEngine on
    ProxyPreserveHost On
    ProxyPass / https://api.example.com/`,
    request: { headers: { Host: 'shop.example.com' } },
    shows: { status: 500, files: { 'error.log': /Error during SSL Handshake with remote server/ } },
    fixed: {
      config: `ServerName shop.example.com
      SSLProxyEngine on
      SSLProxyCheckPeerName off
      ProxyPreserveHost On
      ProxyPass / https://api.example.com/`,
      shows: { status: 200, backend: { headers: { host: 'shop.example.com' } } },
    },
  },
];
