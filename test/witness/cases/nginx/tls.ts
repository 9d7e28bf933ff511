import type { WitnessCase } from '../../lib/case.ts';

const certificate = 'ssl_certificate /etc/ssl/site.pem; ssl_certificate_key /etc/ssl/site.key;';
/** OpenSSL 3 takes old versions and suites only at this level. */
const lenient = 'DEFAULT:@SECLEVEL=0';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'ecdh-curve-unsupported',
    messageId: 'draft',
    config: `events {}
http {
  server { listen 443 ssl; ${certificate} ssl_ecdh_curve X25519Kyber768Draft00:X25519; }
}`,
    shows: { refused: /SSL_CTX_set1_curves_list\("X25519Kyber768Draft00:X25519"\) failed/ },
  },
  {
    rule: 'http2-misdirected-request',
    messageId: 'differs',
    config: `${certificate}
    server { listen 443 ssl http2; server_name www.example.com; return 200 x; }
    server {
      listen 443 ssl http2;
      server_name admin.example.com;
      ssl_verify_client on;
      ssl_client_certificate /etc/ssl/site.pem;
      return 200 x;
    }`,
    request: { http2: true, tls: { servername: 'www.example.com' }, headers: { Host: 'admin.example.com' } },
    shows: { status: 421 },
  },
  {
    rule: 'missing-https-redirect',
    messageId: 'twin',
    config: `server { listen 80; server_name example.com; root /srv/site; }
    server { listen 443 ssl; server_name example.com; ${certificate} root /srv/site; }`,
    request: {},
    shows: { status: 200, body: 'index' },
    fixed: {
      config: `server { listen 80; server_name example.com; return 301 https://example.com$request_uri; }
      server { listen 443 ssl; server_name example.com; ${certificate} root /srv/site; }`,
      shows: { status: 301, headers: { location: 'https://example.com/' } },
    },
  },
  {
    rule: 'missing-https-redirect',
    messageId: 'both',
    config: `server { listen 80; listen 443 ssl; server_name example.com; ${certificate} root /srv/site; }`,
    request: {},
    shows: { status: 200, body: 'index' },
  },
  {
    rule: 'plain-port-with-tls',
    messageId: 'encrypted',
    config: `server { listen 80 ssl; ${certificate} return 200 x; }`,
    request: {},
    shows: { status: 400, body: /The plain HTTP request was sent to HTTPS port/ },
  },
  {
    rule: 'redirect-to-plain-http',
    messageId: 'downgrade',
    config: `server {
      listen 443 ssl;
      server_name example.com;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      location = /old { return 301 http://example.com/new; }
    }`,
    request: { tls: {}, target: '/old' },
    shows: { status: 301, headers: { location: 'http://example.com/new' } },
    fixed: { shows: { status: 301, headers: { location: 'https://example.com/new' } } },
  },
  {
    rule: 'session-tickets',
    messageId: 'on',
    config: `server { listen 443 ssl; ${certificate} ssl_session_tickets on; return 200 x; }`,
    request: { tls: { maxVersion: 'TLSv1.2' } },
    shows: { tls: { hasTicket: true } },
    fixed: {
      config: `server { listen 443 ssl; ${certificate} ssl_session_tickets off; return 200 x; }`,
      shows: { tls: { hasTicket: false } },
    },
  },
  {
    rule: 'session-tickets',
    messageId: 'default',
    config: `server { listen 443 ssl; ${certificate} return 200 x; }`,
    request: { tls: { maxVersion: 'TLSv1.2' } },
    shows: { tls: { hasTicket: true } },
  },
  {
    rule: 'small-dh',
    messageId: 'small',
    config: `server {
      listen 443 ssl;
      ${certificate}
      ssl_ciphers ${lenient};
      ssl_dhparam /etc/ssl/dh1024.pem;
      return 200 x;
    }`,
    request: { tls: { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-GCM-SHA256' } },
    shows: { tls: { dhBits: 1024 } },
  },
  {
    rule: 'stapling-unsupported-ca',
    messageId: 'noOcsp',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/letsencrypt/live/example.com/fullchain.pem;
      ssl_certificate_key /etc/letsencrypt/live/example.com/privkey.pem;
      ssl_stapling on;
      return 200 x;
    }`,
    shows: { files: { stderr: /"ssl_stapling" ignored, no OCSP responder URL in the certificate/ } },
    fixed: { shows: { files: { stderr: /^(?!.*ssl_stapling)/s } } },
  },
  {
    rule: 'stapling-without-resolver',
    messageId: 'noResolver',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/ocsp.pem;
      ssl_certificate_key /etc/ssl/site.key;
      ssl_stapling on;
      return 200 x;
    }`,
    request: { tls: { requestOCSP: true } },
    shows: { files: { 'error.log': /no resolver defined to resolve localhost while requesting certificate status/ } },
  },
  {
    rule: 'temporary-https-redirect',
    messageId: 'temporary',
    config: 'server { listen 80; return 302 https://$host$request_uri; }',
    request: {},
    shows: { status: 302 },
    fixed: { shows: { status: 301 } },
  },
  {
    rule: 'tls-port-without-tls',
    messageId: 'plain',
    config: `server { listen 443; ${certificate} return 200 x; }`,
    request: { tls: {} },
    shows: { error: /wrong version number/ },
  },
  {
    rule: 'tls-profile',
    messageId: 'protocols',
    config: `server {
      listen 443 ssl;
      ${certificate}
      ssl_protocols TLSv1.1 TLSv1.2;
      ssl_ciphers ${lenient};
      return 200 x;
    }`,
    request: { tls: { maxVersion: 'TLSv1.1' } },
    shows: { tls: { protocol: 'TLSv1.1' } },
  },
  {
    rule: 'tls-without-http2',
    messageId: 'http1',
    config: `server {
      listen 443 ssl;
      ssl_certificate /etc/ssl/site.pem;
      ssl_certificate_key /etc/ssl/site.key;
      return 200 x;
    }`,
    request: { tls: {}, http2: true },
    shows: { status: undefined, error: /./ },
    fixed: {
      config: `server {
        listen 443 ssl http2;
        ssl_certificate /etc/ssl/site.pem;
        ssl_certificate_key /etc/ssl/site.key;
        return 200 x;
      }`,
      shows: { status: 200 },
    },
  },
  {
    rule: 'weak-tls-cipher',
    messageId: 'noForwardSecrecy',
    config: `server {
      listen 443 ssl;
      ${certificate}
      ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA;
      return 200 x;
    }`,
    request: { tls: { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' } },
    shows: { tls: { cipher: 'AES128-SHA' } },
    fixed: {
      config: `server {
        listen 443 ssl;
        ${certificate}
        ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256;
        return 200 x;
      }`,
      shows: { error: /handshake failure/ },
    },
  },
  {
    rule: 'weak-tls-cipher',
    messageId: 'weak',
    config: `server { listen 443 ssl; ${certificate} ssl_ciphers ALL:eNULL:@SECLEVEL=0; return 200 x; }`,
    request: { tls: { maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256' } },
    shows: { tls: { cipher: 'NULL-SHA256' } },
  },
  {
    rule: 'tls-versions-of-default-server',
    messageId: 'ignored',
    until: '1.29.2',
    config: `events {}
http {
  ${certificate}
  server { listen 443 ssl; server_name old.example.com; ssl_protocols TLSv1.2; return 200 x; }
  server { listen 443 ssl; server_name new.example.com; ssl_protocols TLSv1.3; return 200 x; }
}`,
    request: { tls: { servername: 'new.example.com', maxVersion: 'TLSv1.2' } },
    shows: { tls: { protocol: 'TLSv1.2' } },
    fixed: {
      config: `events {}
http {
  ${certificate}
  server { listen 443 ssl; server_name new.example.com; ssl_protocols TLSv1.3; return 200 x; }
}`,
      shows: { error: /alert protocol version/ },
    },
  },
  {
    rule: 'tls-versions-of-default-server',
    messageId: 'decides',
    until: '1.29.2',
    config: `events {}
http {
  ${certificate}
  ssl_protocols TLSv1.2 TLSv1.3;
  server { listen 443 ssl default_server; ssl_protocols TLSv1.3; return 444; }
  server { listen 443 ssl; server_name a.example.com; return 200 x; }
}`,
    request: { tls: { servername: 'a.example.com', maxVersion: 'TLSv1.2' } },
    shows: { error: /alert protocol version/ },
    fixed: {
      config: `events {}
http {
  ${certificate}
  ssl_protocols TLSv1.2 TLSv1.3;
  server { listen 443 ssl default_server; return 444; }
  server { listen 443 ssl; server_name a.example.com; return 200 x; }
}`,
      shows: { tls: { protocol: 'TLSv1.2' } },
    },
  },
  {
    rule: 'weak-tls-protocol',
    messageId: 'enabled',
    config: `server {
      listen 443 ssl;
      ${certificate}
      ssl_protocols TLSv1.3;
      ssl_conf_command Protocol TLSv1;
      ssl_ciphers ${lenient};
      return 200 x;
    }`,
    request: { tls: { maxVersion: 'TLSv1' } },
    shows: { tls: { protocol: 'TLSv1' } },
    fixed: {
      config: `server {
        listen 443 ssl;
        ${certificate}
        ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
        ssl_conf_command MinProtocol TLSv1.2;
        ssl_ciphers ${lenient};
        return 200 x;
      }`,
      shows: { error: /alert protocol version/ },
    },
  },
  {
    rule: 'weak-tls-protocol',
    messageId: 'enabled',
    config: `server {
      listen 443 ssl;
      ${certificate}
      ssl_protocols TLSv1 TLSv1.2;
      ssl_ciphers ${lenient};
      return 200 x;
    }`,
    request: { tls: { maxVersion: 'TLSv1' } },
    shows: { tls: { protocol: 'TLSv1' } },
    fixed: {
      config: `server {
        listen 443 ssl;
        ${certificate}
        ssl_protocols TLSv1.2;
        ssl_ciphers ${lenient};
        return 200 x;
      }`,
      shows: { error: /alert protocol version/ },
    },
  },
  {
    rule: 'weak-tls-protocol',
    messageId: 'default',
    until: '1.27.3',
    config: `server { listen 443 ssl; ${certificate} ssl_ciphers ${lenient}; return 200 x; }`,
    request: { tls: { maxVersion: 'TLSv1' } },
    shows: { tls: { protocol: 'TLSv1' } },
  },
];
