/** What ONLYOFFICE Docs needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'onlyoffice',
  name: 'ONLYOFFICE Docs',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['onlyoffice', 'onlyofficedocumentserver'],
    common: ['office', 'docs', 'docservice'],
    paths: ['/web-apps/', '/onlyofficeds/'],
    otherPaths: ['/coauthoring/', '/doc/'],
    prefixes: ['/ds-vpath/'],
  },
  ports: [{ port: 80, scheme: 'http' }],
  sources: {
    px: {
      where: 'https://github.com/ONLYOFFICE/document-server-proxy',
      what: 'nginx/*.conf, apache/*.conf',
      read: '2026-01-19 ce870db',
    },
    sf: {
      where: 'https://github.com/haiwen/seafile-admin-docs',
      what: 'manual/setup/use_other_reverse_proxy.md',
      read: '2026-07-20 aea53728',
    },
    inner: {
      where: 'https://github.com/ONLYOFFICE/document-server-package',
      what: 'common/documentserver/nginx/includes/http-common.conf.m4',
      read: 'one stored version, date not shown (commit 3659412e)',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/doc/1/c/'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'Upgrade for the whole location.',
      sources: ['px'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: "X-Forwarded-Proto and X-Forwarded-Host make the URLs the editor loads; where X-Forwarded-Host is missing, Host is taken, so one of the two must be the client's (with its port). Below a virtual path X-Forwarded-Host must be host/path (with the path!).",
      symptom: 'editor loads from http://, mixed content, endless loading',
      sources: ['px', 'inner'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: "ProxyAddHeaders Off in the Apache examples, because they set X-Forwarded-Host themselves: mod_proxy would append to it and X-Forwarded-Host become a list (run on 2.4.71: 'pub.example, pub.example'). Without such a RequestHeader the default On is right, mod_proxy then sends the client's Host once.",
      when: 'RequestHeader sets X-Forwarded-Host or an outer proxy sends it',
      sources: ['px'],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Prefix is stripped (proxy_pass .../).',
      sources: ['px'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 104857600,
      strength: 'degrades',
      proof: 'documented',
      fact: '100M and 3600 s in the Seafile manual.',
      sources: ['sf'],
    },
    {
      about: 'timeout',
      paths: ['/'],
      least: 3600,
      strength: 'degrades',
      proof: 'documented',
      fact: '100M and 3600 s in the Seafile manual.',
      sources: ['sf'],
    },
  ],
};
