/** What Apache Tomcat needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'tomcat',
  name: 'Apache Tomcat',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['tomcat'], otherPaths: ['/manager/html', '/host-manager/'] },
  ports: [
    { port: 8080, scheme: 'http' },
    { port: 8443, scheme: 'https' },
    { port: 8009, scheme: 'ajp' },
  ],
  sources: {
    valve: {
      where: 'https://github.com/apache/tomcat',
      what: 'webapps/docs/config/valve.xml',
      read: '2026-08-21 84ac9af0',
    },
    http: {
      where: 'https://github.com/apache/tomcat',
      what: 'webapps/docs/config/http.xml',
      read: '2026-08-21 84ac9af0',
    },
    'run, 10.1.60': {
      where: 'Apache Tomcat 10.1.60 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', Host: 'client-or-name' },
      bySetting: true,
      strength: 'breaks',
      proof: 'played',
      fact: 'X-Forwarded-* are ignored without RemoteIpValve; with it X-Forwarded-For and X-Forwarded-Proto are read from internal proxies (private, link-local, CGNAT and loopback networks by default), X-Forwarded-Host and -Port only when hostHeader and portHeader are named. If X-Forwarded-Proto has several values, all must be https. Alternative: proxyName, proxyPort, scheme, secure on the Connector. With the valve and no portHeader the port becomes 443, so redirects lose another public port. sendRedirect is relative for HTTP/1.1 requests but absolute for HTTP/1.0 ones: nginx without proxy_http_version 1.1 gets http://host/..., httpd a path.',
      symptom: 'redirects to http:// or to port 8080',
      sources: ['valve', 'http', 'run, 10.1.60'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'played',
      fact: '%2F in a path is answered 400 (encodedSolidusHandling=reject, the default); decode or passthrough allow it. nginx with a path in proxy_pass decodes it before (200 for another path); httpd answers 404 itself unless AllowEncodedSlashes.',
      symptom: '400 on encoded slashes',
      sources: ['http', 'run, 10.1.60'],
    },
    {
      about: 'private',
      paths: ['/manager', '/host-manager'],
      degree: 'closed',
      strength: 'security',
      proof: 'recalled',
      fact: '/manager and /host-manager.',
      sources: [],
    },
    { about: 'note', strength: 'breaks', proof: 'recalled', fact: 'No WebSocket over AJP.', sources: [] },
  ],
};
