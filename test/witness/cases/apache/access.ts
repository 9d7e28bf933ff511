import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'access-on-files-not-proxy',
    messageId: 'allProxied',
    config: `<Directory "/">
      Require ip 10.0.0.0/8
    </Directory>
    ProxyPass / http://127.0.0.1:8080/`,
    request: {},
    shows: { status: 200, backend: { uri: '/' } },
    fixed: {
      config: `<Location "/">
        Require ip 10.0.0.0/8
      </Location>
      ProxyPass / http://127.0.0.1:8080/`,
      shows: { status: 403, backend: undefined },
    },
  },
  {
    rule: 'access-on-files-not-proxy',
    messageId: 'urlAsDirectory',
    config: `<Directory /app>
      Require ip 10.0.0.0/8
    </Directory>
    ProxyPass /app http://127.0.0.1:8080/app`,
    request: { target: '/app/x' },
    shows: { status: 200, backend: { uri: '/app/x' } },
  },
  {
    rule: 'allow-without-deny',
    messageId: 'apache',
    config: `<Location /admin>
      Allow from 10.0.0.1
    </Location>
    ProxyPass /admin http://127.0.0.1:8080/admin`,
    request: { target: '/admin' },
    shows: { status: 200, backend: { uri: '/admin' } },
    fixed: {
      config: `<Location /admin>
        Require ip 10.0.0.1
      </Location>
      ProxyPass /admin http://127.0.0.1:8080/admin`,
      shows: { status: 403, backend: undefined },
    },
  },
  {
    rule: 'auth-over-plain-http',
    messageId: 'plain',
    config: `<Location />
      AuthType Basic
      AuthName Members
      AuthUserFile /etc/apache2/users
      Require valid-user
    </Location>`,
    request: {},
    shows: { status: 401, headers: { 'www-authenticate': 'Basic realm="Members"' } },
  },
  {
    rule: 'deny-without-effect',
    messageId: 'granted',
    config: `<Location /admin>
      Require all granted
      Require ip 10.0.0.1
    </Location>
    ProxyPass /admin http://127.0.0.1:8080/admin`,
    request: { target: '/admin' },
    shows: { status: 200, backend: { uri: '/admin' } },
    fixed: {
      config: `<Location /admin>
        Require ip 10.0.0.1
      </Location>
      ProxyPass /admin http://127.0.0.1:8080/admin`,
      shows: { status: 403, backend: undefined },
    },
  },
  {
    rule: 'deny-without-effect',
    messageId: 'allowWins',
    config: `<Location />
      Order Deny,Allow
      Deny from 127.0.0.1
      Allow from all
    </Location>`,
    request: { target: '/file.txt' },
    shows: { status: 200, body: 'a file' },
    fixed: {
      config: `<Location />
        Order Allow,Deny
        Deny from 127.0.0.1
        Allow from all
      </Location>`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'legacy-access-control',
    messageId: 'replaceable',
    config: `Listen 80
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
<Directory /srv/site>
  Order allow,deny
  Allow from all
</Directory>`,
    shows: { refused: /Invalid command 'Order'/ },
    fixed: { shows: {} },
  },
  {
    rule: 'limit-instead-of-limitexcept',
    messageId: 'limited',
    config: `<Location /admin>
      <Limit GET POST>
        Require ip 10.0.0.1
      </Limit>
    </Location>
    ProxyPass /admin http://127.0.0.1:8080/admin`,
    request: { method: 'ANYTHING', target: '/admin' },
    shows: { status: 200, backend: { uri: '/admin' } },
    fixed: {
      config: `<Location /admin>
        Require ip 10.0.0.1
      </Location>
      ProxyPass /admin http://127.0.0.1:8080/admin`,
      shows: { status: 403, backend: undefined },
    },
  },
  {
    rule: 'mixed-access-control',
    messageId: 'mixed',
    config: `<Location />
      Require all granted
      Order Deny,Allow
      Deny from all
    </Location>`,
    request: { target: '/file.txt' },
    shows: { status: 403 },
    fixed: {
      config: `<Location />
        Require all granted
      </Location>`,
      shows: { status: 200, body: 'a file' },
    },
  },
  {
    rule: 'mixed-access-control',
    messageId: 'open',
    config: `<Location "/file.txt">
      AuthType Basic
      AuthName Members
      Require valid-user
      Allow from 10.0.0.1
      Satisfy Any
    </Location>`,
    request: { target: '/file.txt' },
    shows: { status: 200, body: 'a file' },
  },
  {
    rule: 'root-directory-open',
    messageId: 'granted',
    config: `<Directory "/">
      Require all granted
    </Directory>
    Alias /extra/ /srv/`,
    request: { target: '/extra/secret.txt' },
    shows: { status: 200, body: 'not below the site' },
    fixed: {
      config: `<Directory "/">
        Require all denied
      </Directory>
      Alias /extra/ /srv/`,
      shows: { status: 403 },
    },
  },
  {
    rule: 'address-taken-for-network',
    messageId: 'single',
    config: `<Location "/">
  Require ip 127.0.0.0
</Location>`,
    request: {},
    shows: { status: 403 },
  },
];
