/** What Gradio needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'gradio',
  name: 'Gradio',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['gradio'],
    common: ['demo'],
    paths: ['/gradio_api/'],
    otherPaths: ['/queue/'],
    prefixes: ['/gradio-demo/'],
  },
  ports: [{ port: 7860, scheme: 'http' }],
  sources: {
    guide: {
      where: 'https://github.com/gradio-app/gradio',
      what: 'guides/11_other-tutorials/running-gradio-on-your-web-server-with-nginx.md',
      read: '2026-08-22 375335e6',
    },
    code: { where: 'https://github.com/gradio-app/gradio', what: 'gradio/route_utils.py', read: '2026-08-22 375335e6' },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Host': 'client', 'X-Forwarded-Proto': 'scheme', Host: 'client' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: "X-Forwarded-Host and X-Forwarded-Proto make the root URL (first entry of a list; with X-Forwarded-Host the request's own path is not used), plus root_path; with a port on the outside $http_host.",
      symptom: 'page loads without assets',
      sources: ['guide', 'code'],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'proxy_buffering off (event streams of the queue).',
      symptom: 'progress only at the end',
      sources: ['guide'],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Prefix stripped and root_path set.',
      sources: ['guide'],
    },
    {
      about: 'websocket',
      paths: ['/queue/join'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'Upgrade passed in the guide (WebSocket queue of 3.x).',
      sources: ['guide'],
    },
  ],
};
