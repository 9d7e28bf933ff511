/** What Sonatype Nexus Repository needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'nexus',
  name: 'Sonatype Nexus Repository',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['nexus3', 'sonatype', 'sonatypenexus', 'nexusrepository'],
    usual: ['nexus'],
    common: ['repo'],
    otherPaths: ['/repository/', '/service/rest/'],
  },
  ports: [
    { port: 8081, scheme: 'http' },
    { port: 8082, scheme: 'http', role: 'docker connector by convention' },
  ],
  sources: {
    help: {
      where: 'https://help.sonatype.com/repomanager3/installation/run-behind-a-reverse-proxy',
      read: 'stored copy, excerpt',
    },
    jetty: {
      where: 'https://github.com/sonatype/nexus-public',
      what: 'assemblies/nexus-base-overlay/src/main/resources/overlay/etc/jetty/jetty.xml',
      read: 'one stored version, date not shown (commit 9c7512a6)',
    },
  },
  needs: [
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Context path (/ by default in 3, /nexus in 2) must be the same on both sides; repository paths must pass unchanged.',
      sources: ['help'],
    },
    {
      about: 'headers',
      values: { Host: 'client', 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'documented',
      fact: "Jetty's ForwardedRequestCustomizer is on: Host, X-Forwarded-Host, X-Forwarded-Proto, Forwarded decide about links, from any peer.",
      symptom: 'http:// links, docker login fails',
      sources: ['jetty'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 1073741824,
      strength: 'breaks',
      proof: 'recalled',
      fact: "Artifacts: 1G and more in the vendor's samples; docker: 0.",
      sources: [],
    },
    {
      about: 'raw-path',
      path: '/repository/npm/@scope%2Fname',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'npm scoped packages (@scope%2Fname): AllowEncodedSlashes NoDecode and nocanon.',
      sources: [],
    },
    {
      about: 'trusted-header',
      names: ['X-SSO-USER', 'REMOTE_USER'],
      strength: 'security',
      proof: 'recalled',
      fact: 'With the Rut Auth realm the configured header logs in; clear it.',
      sources: [],
    },
  ],
};
