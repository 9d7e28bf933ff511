/** One slip is one finding: what follows from it is not told beside it. */
import { expect, test } from 'vitest';
import { lintText } from '../../src/index.ts';

const whole =
  'LoadModule mpm_event_module a\nLoadModule authz_core_module b\nLoadModule remoteip_module c\nListen 80\nServerName a\n';
const server = (line: string): string =>
  `events {}\nhttp {\n    server_tokens off;\n    server {\n        listen 80;\n        root /srv/a;\n        ${line}\n    }\n}\n`;

test.each([
  ['typographic-quote', server('set $mode “on”;')],
  ['misplaced-quotes', server('error_log /var/log/"site".log;')],
  ['invalid-value', server('client_max_body_size 20MB;')],
  ['invalid-value', `${whole}RemoteIPHeader X-Forwarded-For\nRemoteIPTrustedProxy 0.0.0.0/0\n`],
  ['forwarded-for-spoofing', `${whole}RemoteIPHeader X-Forwarded-For\nRemoteIPTrustedProxy 0.0.0.0/1 128.0.0.0/1\n`],
  ['unknown-directive', server('proxy_pas http://127.0.0.1:8080;')],
  ['missing-semicolon', server('index index.html\n        gzip on;')],
])('%s alone tells it', async (rule, text) => {
  const { findings } = await lintText(text, { path: 'x.conf' });
  const loud = findings.filter(({ severity }) => severity !== 'info');
  expect(loud.map((finding) => finding.rule)).toEqual([rule]);
});
