/** What Argo CD needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'argo-cd',
  name: 'Argo CD',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['argocd', 'argocdserver'], otherPaths: ['/api/v1/applications', '/api/dex'] },
  ports: [
    { port: 8080, scheme: 'https', role: 'argocd-server, gRPC and HTTPS on one port' },
    { port: 443, scheme: 'https', role: 'service' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/argoproj/argo-cd',
      what: 'docs/operator-manual/ingress.md',
      read: '2026-08-22 37ee0097',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'One port speaks HTTPS and gRPC: pass TLS through, or split by host name or by Content-Type application/grpc with grpc/h2c to the backend, or use gRPC-Web in the CLI.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'With TLS ended at the proxy the server runs with --insecure (server.insecure), else redirect loop; without it the backend is https.',
      symptom: '307 redirect loop',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: '--rootpath (and --basehref); prefix kept for rootpath.',
      sources: ['docs'],
    },
  ],
};
