/** What Grafana needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'grafana',
  name: 'Grafana',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['grafana'], paths: ['/api/live/'] },
  ports: [{ port: 3000, scheme: 'http' }],
  sources: {
    tut: {
      where: 'https://github.com/grafana/grafana',
      what: 'docs/sources/tutorials/run-grafana-behind-a-proxy/index.md',
      read: 'one stored version, date not shown (commit 00e07a29)',
    },
    csrf: {
      where: 'https://github.com/grafana/grafana',
      what: 'pkg/middleware/csrf/csrf.go',
      read: 'one stored version, date not shown (commit 1df8b64e)',
    },
    ap: {
      where: 'https://github.com/grafana/grafana',
      what: 'docs/sources/setup-grafana/configure-access/configure-authentication/auth-proxy/index.md',
      read: 'one stored version, date not shown (commit 85bb82fd)',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: "Must be the client's: every request that carries the login cookie and an Origin header is refused unless Origin's host name equals Host's (ports ignored), also GET and POST /api/ds/query. X-Forwarded-Host does not help unless named in csrf_additional_headers.",
      symptom: '403 origin not allowed',
      sources: ['csrf'],
    },
    {
      about: 'websocket',
      paths: ['/api/live/'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'Grafana Live at /api/live/ (below the sub path too).',
      sources: ['tut'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'root_url with the path; then either serve_from_sub_path = true and keep the prefix, or strip it by rewrite: not both, not neither.',
      symptom: 'redirect loop or 404 on assets',
      sources: ['tut'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'The stripped form works with a literal proxy_pass only; with a variable in proxy_pass a rewrite is needed.',
      sources: ['tut'],
    },
    {
      about: 'trusted-header',
      names: ['X-WEBAUTH-USER', 'X-WEBAUTH-NAME', 'X-WEBAUTH-EMAIL', 'X-WEBAUTH-ROLE', 'X-WEBAUTH-GROUPS'],
      strength: 'security',
      proof: 'documented',
      fact: 'With auth.proxy enabled X-WEBAUTH-USER (and mapped -NAME, -EMAIL, -ROLE, -GROUPS) logs in whoever sends it; whitelist is empty by default, so the proxy must set or clear it on every path.',
      sources: ['ap'],
    },
    {
      about: 'trusted-header',
      names: ['Authorization'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'With Basic auth in the proxy, Authorization must be removed before Grafana, which would try it as its own login.',
      when: 'proxy does basic auth',
      sources: ['ap'],
    },
    {
      about: 'note',
      strength: 'recommended',
      proof: 'documented',
      fact: 'protocol stays http behind TLS termination, root_url is https://...; Grafana takes no X-Forwarded-Proto for links.',
      sources: ['tut'],
    },
    {
      about: 'not-needed',
      what: ['x-forwarded-proto'],
      strength: 'recommended',
      proof: 'documented',
      fact: 'Links and cookies follow root_url; no X-Forwarded-Proto is read for them.',
      sources: ['tut'],
    },
  ],
};
