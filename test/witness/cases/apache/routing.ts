import type { WitnessCase } from '../../lib/case.ts';

export const cases: readonly WitnessCase[] = [
  {
    rule: 'duplicate-server-name',
    messageId: 'duplicate',
    config: `<VirtualHost *:80>
      ServerName example.com
      ProxyPass / http://127.0.0.1:8080/
    </VirtualHost>
    <VirtualHost *:80>
      ServerName example.com
      ProxyPass / http://127.0.0.1:8081/
    </VirtualHost>`,
    request: {},
    shows: { backend: { headers: { host: '127.0.0.1:8080' } } },
  },
  {
    rule: 'duplicate-server-name',
    messageId: 'duplicate',
    // The first host has the name of the main server.
    config: `Listen 80
ServerName www.example.com
<VirtualHost *:80>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
<VirtualHost *:80>
  ServerName www.example.com
  ProxyPass / http://127.0.0.1:8081/
</VirtualHost>`,
    request: { headers: { Host: 'www.example.com' } },
    shows: { backend: { headers: { host: '127.0.0.1:8080' } } },
  },
  {
    rule: 'listener-without-host',
    messageId: 'noHost',
    config: `Listen 80
Listen 8000
<VirtualHost *:80>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
    request: { port: 8000 },
    shows: { status: 200, body: 'index' },
    fixed: {
      config: `Listen 80
Listen 8000
<VirtualHost *:80 *:8000>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
      shows: { backend: { uri: '/' } },
    },
  },
  {
    rule: 'port-without-listener',
    messageId: 'noListen',
    config: `Listen 80
<VirtualHost *:8000>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
    request: { port: 8000 },
    shows: { error: /ECONNREFUSED/ },
    fixed: {
      config: `Listen 8000
<VirtualHost *:8000>
  ProxyPass / http://127.0.0.1:8080/
</VirtualHost>`,
      shows: { backend: { uri: '/' } },
    },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'shadowed',
    config: `<VirtualHost *:80>
      ServerName example.com
      ServerAlias *.example.com
      ProxyPass / http://127.0.0.1:8080/
    </VirtualHost>
    <VirtualHost *:80>
      ServerName shop.example.com
      ProxyPass / http://127.0.0.1:8081/
    </VirtualHost>`,
    request: { headers: { Host: 'shop.example.com' } },
    shows: { backend: { headers: { host: '127.0.0.1:8080' } } },
  },
  {
    rule: 'shadowed-server-name',
    messageId: 'comma',
    config: `<VirtualHost *:80>
      ServerName example.com
    </VirtualHost>
    <VirtualHost *:80>
      ServerName app.example.com
      ServerAlias first.example.com,second.example.com
      ProxyPass / http://127.0.0.1:8080/
    </VirtualHost>`,
    request: { headers: { Host: 'second.example.com' } },
    shows: { body: 'index', backend: undefined },
    fixed: { shows: { backend: { uri: '/' } } },
  },
  {
    rule: 'error-page-from-failed-backend',
    messageId: 'same',
    config: `<VirtualHost *:80>
      DocumentRoot /srv/site
      ErrorDocument 503 /file.txt
      ProxyPass / http://127.0.0.1:1/
    </VirtualHost>`,
    request: { target: '/app' },
    shows: { status: 503, body: /Service Unavailable/ },
    fixed: {
      config: `<VirtualHost *:80>
        DocumentRoot /srv/site
        ErrorDocument 503 /file.txt
        ProxyPass /file.txt !
        ProxyPass / http://127.0.0.1:1/
      </VirtualHost>`,
      shows: { status: 503, body: 'a file' },
    },
  },
];
