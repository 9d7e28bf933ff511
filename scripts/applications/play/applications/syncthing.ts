import type { Played } from '../types.ts';
import { file, is, not } from '../parts.ts';

export const played: Played = {
  id: 'syncthing',
  packages: 'syncthing',
  isInCi: true,
  program: '/usr/bin/syncthing',
  start(folder, port) {
    const off = [
      'globalAnnounceEnabled',
      'localAnnounceEnabled',
      'relaysEnabled',
      'natEnabled',
      'crashReportingEnabled',
    ];
    const options = off.map((name) => `<${name}>false</${name}>`).join('');
    const config = `<configuration version="35"><gui enabled="true"><address>127.0.0.1:${port}</address></gui>
<options><listenAddress>tcp://127.0.0.1:0</listenAddress>${options}<urAccepted>-1</urAccepted></options></configuration>`;
    file(folder, 'config.xml', config);
    const flags = ['--no-browser', '--no-restart', '--no-upgrade', '--no-default-folder'];
    return {
      command: ['/usr/bin/syncthing', 'serve', ...flags, '--home', folder],
      env: { HOME: folder, STNORESTART: '1' },
    };
  },
  ready: '/rest/noauth/health',
  good: { scheme: true, timeout: 600 },
  broken: [
    {
      name: 'Host of the client',
      parts: { scheme: true, host: '$http_host' },
      ask: { path: '/' },
      symptom: is(403),
      rule: 'application-headers',
    },
    {
      name: 'prefix kept',
      good: { scheme: true, timeout: 600, prefix: '/syncthing', slash: true },
      parts: { scheme: true, timeout: 600, prefix: '/syncthing' },
      ask: { path: '/syncthing/' },
      symptom: not(200),
      rule: 'application-path',
    },
  ],
};
