/** What Harbor needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'harbor',
  name: 'Harbor',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['harborcore', 'goharbor', 'harborportal'],
    usual: ['harbor'],
    common: ['registry'],
    otherPaths: ['/v2/', '/service/', '/api/v2.0/', '/c/'],
  },
  ports: [
    { port: 8080, scheme: 'http', role: 'nginx container HTTP' },
    { port: 8443, scheme: 'https', role: 'nginx container HTTPS' },
  ],
  sources: {
    tpl: {
      where: 'https://github.com/goharbor/harbor',
      what: 'make/photon/prepare/templates/nginx/*.jinja, make/harbor.yml.tmpl',
      read: '2026-08-21 c50c7ddd',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', Host: 'client' },
      strength: 'breaks',
      proof: 'documented',
      fact: "Behind another proxy set external_url; Harbor's nginx keeps an incoming X-Forwarded-Proto and falls back to its own scheme, so the outer proxy must send it.",
      symptom: 'docker login gets an http:// token URL',
      when: "Harbor's own nginx is reached over plain HTTP",
      sources: ['tpl'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'breaks',
      proof: 'documented',
      fact: 'No limit.',
      sources: ['tpl'],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      request: 'streamed',
      strength: 'degrades',
      proof: 'documented',
      fact: 'Both bufferings off.',
      sources: ['tpl'],
    },
  ],
};
