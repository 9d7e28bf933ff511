/** What BigBlueButton needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'bigbluebutton',
  name: 'BigBlueButton',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['poolhtml5servers', 'bigbluebutton'],
    usual: ['bbb'],
    common: ['bbbweb'],
    paths: ['/html5client', '/bigbluebutton', '/bbb-webrtc-sfu'],
    otherPaths: ['/html5client/sockjs', '/graphql'],
  },
  ports: [
    { port: 4100, scheme: 'http', role: 'html5 client (2.3 to 2.7)' },
    { port: 8090, scheme: 'http', role: 'bbb-web' },
  ],
  sources: {
    ngx: {
      where: 'https://github.com/bigbluebutton/bigbluebutton',
      what: 'build/packages-template/bbb-html5/bbb-html5.nginx',
      read: 'one stored version, date not shown (commit 0de01dff)',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/html5client'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/html5client/sockjs (Meteor) with Upgrade.',
      versions: '<3.0',
      sources: ['ngx'],
    },
    {
      about: 'websocket',
      paths: ['/graphql', '/bbb-webrtc-sfu', '/ws'],
      strength: 'breaks',
      proof: 'recalled',
      fact: '/graphql is the channel of the client from 3.0 on; /bbb-webrtc-sfu and /ws (SIP) are WebSockets in all versions.',
      sources: [],
    },
  ],
};
