/** What SonarQube needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'sonarqube',
  name: 'SonarQube',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['sonarqube'], usual: ['sonar'], otherPaths: ['/api/'] },
  ports: [{ port: 9000, scheme: 'http' }],
  sources: {
    docs: {
      where:
        'https://docs.sonarsource.com/sonarqube-server/2026.1/server-installation/network-security/securing-behind-proxy',
      read: '2026.1, stored copy, excerpt',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-For': 'append-ip' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-Forwarded-Proto and X-Forwarded-For are mandatory with HTTPS or SAML.',
      symptom: 'SAML and OAuth redirect to http://',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Speaks plain HTTP only; no https:// backend.',
      sources: ['docs'],
    },
    {
      about: 'trusted-header',
      names: ['X-Forwarded-Login', 'X-Forwarded-Name', 'X-Forwarded-Email', 'X-Forwarded-Groups'],
      strength: 'security',
      proof: 'recalled',
      fact: 'With sonar.web.sso.enable X-Forwarded-Login (and -Name, -Email, -Groups) logs in.',
      sources: [],
    },
  ],
};
