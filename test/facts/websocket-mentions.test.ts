import { expect, test } from 'vitest';

import { mentionsWebSockets } from '../../src/facts/applications/websocket-mentions.ts';
import { lintText } from '../../src/lint/text.ts';

test.each(['# JupyterHub', 'upstream jupyterlab {', 'server_name grafana.example.com;', 'wss://a', 'web sockets'])(
  'speaks of WebSockets: %s',
  (text) => expect(mentionsWebSockets(text)).toBe(true),
);

test.each(['server_name intfy.example.com;', 'root /srv/class;', 'news', 'proxy_pass http://app;'])(
  'does not: %s',
  (text) => expect(mentionsWebSockets(text)).toBe(false),
);

test('an application that is known to need them makes a missing upgrade surer', async () => {
  const confidences = async (name: string): Promise<string[]> => {
    const text = `server { listen 80; server_name ${name}; location / { proxy_pass http://127.0.0.1:3000; } }`;
    const { findings } = await lintText(text, { path: 'site.conf' });
    return findings.filter(({ rule }) => rule === 'missing-websocket-upgrade').map(({ confidence }) => confidence);
  };
  expect(await confidences('grafana.example.com')).toEqual(['medium']);
  expect(await confidences('shop.example.com')).toEqual(['low']);
});
