/** What BinderHub needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'binderhub',
  name: 'BinderHub',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['mybinder', 'binderhub'], common: ['binder'], otherPaths: ['/build/', '/v2/'] },
  ports: [{ port: 8585, scheme: 'http' }],
  sources: {
    code: {
      where: 'https://github.com/jupyterhub/binderhub',
      what: 'binderhub/builder.py, binderhub/app.py',
      read: '2026-04-20 b9fad995',
    },
  },
  needs: [
    {
      about: 'buffering',
      paths: ['/build/'],
      response: 'streamed',
      strength: 'breaks',
      proof: 'documented',
      fact: '/build/... is a Server-Sent-Events stream with a comment every 25 s; buffering must be off and read timeout above 25 s. Requests without Accept: text/event-stream get 400.',
      symptom: 'build log appears only at the end or stops',
      sources: ['code'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'Runs with xheaders: X-Forwarded-For/-Proto, X-Real-IP, X-Scheme are believed from any peer.',
      sources: ['code'],
    },
  ],
};
