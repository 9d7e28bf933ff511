import type { Played } from '../types.ts';
import { everything, file, isCut, not, says, wrongHosts } from '../parts.ts';

const good = { ...everything, timeout: 900 };
const socket = { path: '/xmpp-websocket', upgrade: true, headers: { 'Sec-WebSocket-Protocol': 'xmpp' }, stays: 1500 };
const session = `<body xmlns='http://jabber.org/protocol/httpbind' rid='@COUNT@1' to='app.example' hold='1' wait='1' ver='1.6' xmlns:xmpp='urn:xmpp:xbosh' xmpp:version='1.0'/>`;

export const played: Played = {
  id: 'prosody',
  packages: 'prosody',
  isInCi: true,
  program: '/usr/bin/prosody',
  start(folder, port) {
    const config = `run_as_root = true\npidfile = "${folder}/prosody.pid"\ndata_path = "${folder}"\nc2s_ports = {}\ns2s_ports = {}\nhttp_ports = { ${port} }\nhttps_ports = {}\nhttp_interfaces = { "127.0.0.1" }\nmodules_enabled = { "bosh", "websocket", "saslauth" }\nhttp_paths = { file_share = "/file_share" }\nlog = { error = "${folder}/log" }\nVirtualHost "app.example"\nComponent "upload.app.example" "http_file_share"\nhttp_host = "app.example"\n`;
    return { command: ['/usr/bin/prosody', '--config', file(folder, 'p.lua', config)] };
  },
  ready: '/http-bind',
  good,
  broken: [
    {
      name: 'no upgrade',
      parts: { ...good, upgrade: false },
      ask: socket,
      // nginx passes the 101 of Prosody on, and the connection ends.
      symptom: (answer) => not(101)(answer) || isCut(answer),
      rule: 'missing-websocket-upgrade',
    },
    {
      name: 'short timeout',
      parts: { ...good, timeout: 1 },
      ask: socket,
      symptom: isCut,
      rule: 'application-timeout',
      // The tunnels of httpd have no limit.
      servers: ['nginx'],
    },
    {
      name: 'no scheme',
      parts: { ...good, scheme: false },
      ask: { method: 'POST', path: '/http-bind', text: session, headers: { 'Content-Type': 'text/xml' } },
      symptom: ({ body }) => !body.includes('<mechanism>'),
      rule: 'missing-forwarded-proto',
    },
    ...wrongHosts({ ask: { path: '/file_share/a/b' }, symptom: says('Unknown host') }, ['nginx', 'apache']),
  ],
};
