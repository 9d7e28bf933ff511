import type { WitnessCase } from '../../lib/case.ts';

const certificate = `SSLCertificateFile /etc/ssl/site.pem
  SSLCertificateKeyFile /etc/ssl/site.key`;

/** A virtual host with TLS. */
const secure = (lines = '', name = 'example.com'): string => `<VirtualHost *:443>
  ServerName ${name}
  SSLEngine on
  ${certificate}
  ${lines}
</VirtualHost>`;

const plain = (lines: string): string => `<VirtualHost *:80>
  ServerName example.com
  ${lines}
</VirtualHost>`;

const tls12 = { tls: { maxVersion: 'TLSv1.2' } } as const;

export const cases: readonly WitnessCase[] = [
  {
    rule: 'ecdh-curve-unsupported',
    messageId: 'draft',
    config: `Listen 443
${secure('SSLOpenSSLConfCmd Curves X25519Kyber768Draft00:X25519')}`,
    shows: { refused: /Curves/ },
    fixed: {
      config: `Listen 443
${secure('SSLOpenSSLConfCmd Curves X25519')}`,
      shows: {},
    },
  },
  {
    rule: 'http2-misdirected-request',
    messageId: 'differs',
    config: `${secure('Protocols h2 http/1.1')}
${secure('Protocols h2 http/1.1\nSSLVerifyClient require\nSSLCACertificateFile /etc/ssl/site.pem', 'admin.example.com')}`,
    request: { tls: {}, http2: true, headers: { Host: 'admin.example.com' } },
    shows: { status: 421 },
    fixed: {
      config: `${secure('Protocols h2 http/1.1')}
${secure('Protocols h2 http/1.1', 'admin.example.com')}`,
      shows: { status: 200 },
    },
  },
  {
    rule: 'missing-https-redirect',
    messageId: 'twin',
    config: `${plain('ProxyPass / http://127.0.0.1:8080/')}
${secure('ProxyPass / http://127.0.0.1:8080/')}`,
    request: {},
    shows: { status: 200, backend: { uri: '/' } },
    fixed: {
      config: `${plain('Redirect permanent / https://example.com/')}
${secure('ProxyPass / http://127.0.0.1:8080/')}`,
      shows: { status: 301, headers: { location: 'https://example.com/' } },
    },
  },
  {
    rule: 'plain-port-with-tls',
    messageId: 'encrypted',
    config: `<VirtualHost *:80>
  SSLEngine on
  ${certificate}
</VirtualHost>`,
    request: {},
    shows: { status: 400, body: /speaking plain HTTP to an SSL-enabled server port/ },
  },
  {
    rule: 'session-tickets',
    messageId: 'default',
    config: secure(),
    request: tls12,
    shows: { tls: { hasTicket: true } },
    fixed: { config: secure('SSLSessionTickets off'), shows: { tls: { hasTicket: false } } },
  },
  {
    rule: 'session-tickets',
    messageId: 'on',
    config: secure('SSLSessionTickets on'),
    request: tls12,
    shows: { tls: { hasTicket: true } },
  },
  {
    rule: 'stapling-unsupported-ca',
    messageId: 'noOcsp',
    config: `Listen 443
SSLStaplingCache shmcb:stapling(128000)
<VirtualHost *:443>
  SSLEngine on
  SSLCertificateFile /etc/letsencrypt/live/example.com/fullchain.pem
  SSLCertificateKeyFile /etc/letsencrypt/live/example.com/privkey.pem
  SSLUseStapling on
</VirtualHost>`,
    request: { tls: {} },
    shows: { status: 200, files: { 'error.log': /no OCSP URI in certificate/ } },
  },
  {
    rule: 'stapling-without-cache',
    messageId: 'noCache',
    config: `Listen 443
${secure('SSLUseStapling on')}`,
    shows: { refused: /no stapling cache available/ },
    fixed: {
      config: `Listen 443
SSLStaplingCache shmcb:stapling(128000)
${secure('SSLUseStapling on')}`,
      shows: {},
    },
  },
  {
    rule: 'temporary-https-redirect',
    messageId: 'temporary',
    config: 'Redirect / https://example.com/',
    request: {},
    shows: { status: 302, headers: { location: 'https://example.com/' } },
    fixed: { shows: { status: 301 } },
  },
  {
    rule: 'tls-compression',
    messageId: 'enabled',
    config: `Listen 443
${secure('SSLCompression on')}`,
    shows: { refused: /does not have any compression methods available/ },
  },
  {
    rule: 'tls-port-without-tls',
    messageId: 'plain',
    config: `<VirtualHost *:443>
  ServerName example.com
</VirtualHost>`,
    request: { tls: {} },
    shows: { error: /wrong version number/ },
    fixed: { config: secure(), shows: { status: 200 } },
  },
  {
    rule: 'tls-profile',
    messageId: 'protocols',
    options: { profile: 'modern' },
    config: secure('SSLProtocol -all +TLSv1.2 +TLSv1.3'),
    request: tls12,
    shows: { tls: { protocol: 'TLSv1.2' } },
    fixed: { config: secure('SSLProtocol -all +TLSv1.3'), shows: { error: /protocol version/ } },
  },
  {
    rule: 'tls-profile',
    messageId: 'ciphers',
    config: secure('SSLCipherSuite ECDHE+AESGCM:AES128-SHA'),
    request: { tls: { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' } },
    shows: { tls: { cipher: 'AES128-SHA' } },
  },
  {
    rule: 'tls-without-certificate',
    messageId: 'missing',
    config: `Listen 443
<VirtualHost *:443>
  SSLEngine on
</VirtualHost>`,
    shows: { refused: /Failed to configure at least one certificate and key/ },
    fixed: { config: `Listen 443\n${secure()}`, shows: {} },
  },
  {
    rule: 'weak-tls-cipher',
    messageId: 'noForwardSecrecy',
    config: secure('SSLCipherSuite ECDHE+AESGCM:AES128-GCM-SHA256'),
    request: { tls: { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' } },
    shows: { tls: { cipher: 'AES128-GCM-SHA256' } },
  },
  {
    rule: 'weak-tls-protocol',
    messageId: 'enabled',
    config: secure(`SSLProtocol -all +TLSv1.2
  SSLOpenSSLConfCmd MinProtocol TLSv1
  SSLCipherSuite ALL:@SECLEVEL=0`),
    request: { tls: { maxVersion: 'TLSv1' } },
    shows: { tls: { protocol: 'TLSv1' } },
    fixed: {
      config: secure(`SSLProtocol all
  SSLOpenSSLConfCmd MinProtocol TLSv1.2
  SSLCipherSuite ALL:@SECLEVEL=0`),
      shows: { error: /protocol version/ },
    },
  },
  {
    rule: 'weak-tls-protocol',
    messageId: 'gap',
    config: secure(`SSLProtocol -all +TLSv1 +TLSv1.2
  SSLCipherSuite ALL:@SECLEVEL=0`),
    request: { tls: { maxVersion: 'TLSv1' } },
    shows: { error: /protocol version/ },
  },
  {
    rule: 'weak-tls-protocol',
    messageId: 'enabled',
    config: secure(`SSLProtocol all -SSLv3
  SSLCipherSuite ALL:@SECLEVEL=0`),
    request: { tls: { maxVersion: 'TLSv1' } },
    shows: { tls: { protocol: 'TLSv1' } },
    fixed: {
      config: secure(`SSLProtocol -all +TLSv1.2 +TLSv1.3
  SSLCipherSuite ALL:@SECLEVEL=0`),
      shows: { error: /protocol version/ },
    },
  },
  {
    rule: 'tls-without-http2',
    messageId: 'protocols',
    config: secure('Protocols http/1.1'),
    request: { tls: { ALPNProtocols: ['h2'] }, http2: true },
    shows: { error: /./ },
  },
];
