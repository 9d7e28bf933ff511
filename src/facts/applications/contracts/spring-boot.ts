/** What Spring Boot needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'spring-boot',
  name: 'Spring Boot',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['springboot'], common: ['spring'], otherPaths: ['/actuator/'] },
  ports: [{ port: 8080, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/spring-projects/spring-boot',
      what: 'documentation/spring-boot-docs/.../how-to/pages/webserver.adoc',
      read: 'one stored version, date not shown (commit 2685f4bf (3.x))',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme' },
      orBy: { Host: ['Forwarded', 'X-Forwarded-Host'], 'X-Forwarded-Proto': ['Forwarded', 'X-Forwarded-Ssl'] },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: 'server.forward-headers-strategy is NONE by default outside known cloud platforms: no header counts. NATIVE reads X-Forwarded-For and -Proto, FRAMEWORK also Forwarded, X-Forwarded-Host, -Port, -Ssl, -Prefix.',
      symptom: 'OAuth redirect_uri and Location with http://',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Prefix': 'prefix' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'A stripped prefix goes into X-Forwarded-Prefix (FRAMEWORK).',
      sources: ['docs'],
    },
    {
      about: 'private',
      paths: ['/actuator'],
      degree: 'closed',
      strength: 'security',
      proof: 'recalled',
      fact: '/actuator.',
      sources: [],
    },
  ],
};
