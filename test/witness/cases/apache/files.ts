import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'directory-listing',
    messageId: 'listing',
    config: `<Directory />
      Options +Indexes
    </Directory>`,
    request: { target: '/docs/' },
    shows: { status: 200, body: /a\.txt/ },
    fixed: {
      config: `<Directory />
        Options -Indexes
      </Directory>`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'encoded-slashes',
    messageId: 'decoded',
    options: { decoded: true },
    config: `AllowEncodedSlashes On
    ProxyPass / http://127.0.0.1:8080/`,
    request: { target: '/a%2Fb' },
    shows: { backend: { uri: '/a/b' } },
    fixed: {
      config: `AllowEncodedSlashes NoDecode
      ProxyPass / http://127.0.0.1:8080/ nocanon`,
      shows: { backend: { uri: '/a%2Fb' } },
    },
  },
  {
    rule: 'encoded-slashes',
    messageId: 'twice',
    config: `AllowEncodedSlashes NoDecode
    ProxyPass / http://127.0.0.1:8080/
    <Location />
      Require all granted
    </Location>`,
    request: { target: '/a%2Fb' },
    shows: { backend: { uri: '/a%252Fb' } },
    fixed: {
      config: `AllowEncodedSlashes NoDecode
      ProxyPass / http://127.0.0.1:8080/ nocanon`,
      shows: { backend: { uri: '/a%2Fb' } },
    },
  },
  {
    rule: 'filesystem-root-exposure',
    messageId: 'root',
    config: 'DocumentRoot /',
    request: { target: '/etc/passwd' },
    shows: { status: 200, body: /^root:/ },
    fixed: { config: 'DocumentRoot /srv/site', shows: { status: 404 } },
  },
  {
    rule: 'filesystem-root-exposure',
    messageId: 'root',
    config: 'Alias /files /',
    request: { target: '/files/etc/passwd' },
    shows: { status: 200, body: /^root:/ },
  },
  {
    rule: 'merge-slashes-off',
    messageId: 'patterns',
    config: `MergeSlashes Off
    <LocationMatch ^/app/admin>
      Require all denied
    </LocationMatch>
    ProxyPass / http://127.0.0.1:8080/`,
    request: { target: '/app//admin' },
    shows: { status: 200, backend: { uri: '/app//admin' } },
    fixed: {
      config: `<LocationMatch ^/app/admin>
        Require all denied
      </LocationMatch>
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { status: 403, backend: undefined },
    },
  },
  {
    rule: 'webdav-open',
    messageId: 'open',
    config: `Alias /dav /srv/dav
    <Location /dav>
      Dav On
    </Location>`,
    request: { method: 'DELETE', target: '/dav/old.txt' },
    shows: { status: 204 },
    fixed: {
      config: `Alias /dav /srv/dav
      <Location /dav>
        Dav On
        Require ip 10.0.0.1
      </Location>`,
      shows: { status: 403 },
    },
  },
];
