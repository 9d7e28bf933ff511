/** What MLflow needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'mlflow',
  name: 'MLflow',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['mlflow'], otherPaths: ['/ajax-api/2.0/mlflow/', '/api/2.0/mlflow/'] },
  ports: [{ port: 5000, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/mlflow/mlflow',
      what: 'docs/docs/self-hosting/security/network.mdx',
      read: 'one stored version, date not shown (commit 24b81cb0)',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'From 3.5.0 Host is checked: localhost and private addresses only, so the public name, or the name of an upstream block that nginx sends by default, must be in --allowed-hosts / MLFLOW_SERVER_ALLOWED_HOSTS; --cors-allowed-origins (localhost only) counts besides.',
      symptom: '403 Invalid Host header',
      when: 'public name is in --allowed-hosts',
      versions: '>=3.5.0',
      sources: ['docs'],
    },
    {
      about: 'private',
      paths: ['/'],
      degree: 'restricted',
      strength: 'security',
      proof: 'recalled',
      fact: 'No authentication by default.',
      sources: [],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Artifacts through the server (mlflow-artifacts) are of any size.',
      sources: [],
    },
  ],
};
