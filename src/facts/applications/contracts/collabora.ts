/** What Collabora Online needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'collabora',
  name: 'Collabora Online',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['collabora', 'collaboraonline'],
    common: ['office', 'code'],
    paths: ['/cool/', '/lool/', '/hosting/discovery', '/hosting/capabilities'],
    otherPaths: ['/browser'],
  },
  ports: [{ port: 9980, scheme: 'https' }],
  sources: {
    ngx: {
      where: 'https://github.com/CollaboraOnline/online',
      what: 'etc/nginx/coolwsd.conf',
      read: 'one stored version, date not shown (commit c5235455)',
    },
    ap: {
      where: 'https://github.com/CollaboraOnline/online',
      what: 'etc/apache2/coolwsd.conf',
      read: 'one stored version, date not shown (commit 92ba1d0c)',
    },
    ngx2: {
      where: 'https://github.com/CollaboraOnline/online/blob/master/etc/nginx/coolwsd.conf',
      read: 'other stored version, excerpt',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/cool/document/ws'],
      strength: 'breaks',
      proof: 'confirmed',
      fact: "WebSocket at /cool/.../ws, and at /cool/adminws for the admin console (where that is published). One version of the vendor's nginx sample passes Upgrade for all of ^~ /cool/, another has ~ ^/cool/(.*)/ws$ and ^~ /cool/adminws with it and ~ ^/(c|l)ool without: both are right.",
      symptom: "document stays grey, 'could not connect'",
      sources: ['ngx', 'ap', 'ngx2'],
    },
    {
      about: 'timeout',
      paths: ['/cool/'],
      least: 36000,
      strength: 'degrades',
      proof: 'documented',
      fact: '36000 s on the WebSocket.',
      sources: ['ngx'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: "Must be the client's.",
      sources: ['ngx', 'ap'],
    },
    {
      about: 'raw-path',
      path: '/cool/https%3A%2F%2Fcloud.example%2Fwopi/ws',
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'WOPI URLs are part of the path, encoded: AllowEncodedSlashes NoDecode, nocanon on the WebSocket rule; nginx without a URI in proxy_pass.',
      sources: ['ap', 'ngx'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'confirmed',
      fact: '/browser, /hosting/discovery, /hosting/capabilities, /cool must all be passed; the order in Apache is: /cool/.../ws, /cool/adminws, then /cool.',
      sources: ['ngx', 'ap'],
    },
    {
      about: 'private',
      paths: ['/browser/dist/admin/', '/cool/adminws'],
      degree: 'restricted',
      strength: 'security',
      proof: 'recalled',
      fact: 'Admin console at /browser/dist/admin/ and /cool/adminws.',
      sources: [],
    },
  ],
};
