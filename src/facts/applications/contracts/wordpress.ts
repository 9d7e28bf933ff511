/** What WordPress needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'wordpress',
  name: 'WordPress',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['wordpress'],
    common: ['blog'],
    paths: ['/wp-admin', '/wp-login.php', '/wp-json/'],
    otherPaths: ['/wp-admin/', '/xmlrpc.php'],
  },
  ports: [{ port: 80, scheme: 'http' }],
  sources: {
    hb: {
      where: 'https://github.com/WordPress/Advanced-administration-handbook',
      what: 'security/https.md',
      read: '2026-06-30 dfece65',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', Host: 'client-or-name' },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: "Core looks at HTTPS and port 443 only; X-Forwarded-Proto needs code in wp-config.php that sets $_SERVER['HTTPS'] = 'on' (the handbook searches 'https' in a list). The proxy must send the header.",
      symptom: 'redirect loop at wp-admin, mixed content',
      sources: ['hb'],
    },
    {
      about: 'private',
      paths: ['/xmlrpc.php'],
      degree: 'restricted',
      strength: 'security',
      proof: 'recalled',
      fact: '/xmlrpc.php and wp-config backups are often blocked.',
      sources: [],
    },
  ],
};
