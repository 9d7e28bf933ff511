/**
 * What `trace` says of random requests to random configs, of the same kind as those of which `oracle/routing.test.ts` asks the running
 * servers: a change shows without them. `npm run test:update` writes the lists; play the oracle before you commit another one.
 */
import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import type { Trace, TracedHeader, TraceRequest } from '../src/model/trace.ts';
import type { Targets } from '../src/model/versions.ts';
import { parseApache } from '../src/parsers/apache/parse.ts';
import { parseNginx } from '../src/parsers/nginx/parse.ts';
import { parseSslh } from '../src/parsers/sslh/parse.ts';
import { configOf } from '../src/servers/config.ts';
import { loadTracer, lower } from '../src/servers/index.ts';
import type { Config } from '../src/syntax/config.ts';
import { SourceFile } from '../src/text/source.ts';
import { lookup, root } from './helpers/document-root.ts';
import { outcomeText } from './helpers/outcome-text.ts';
import * as apache from './oracle/routing/apache-generate.ts';
import * as nginx from './oracle/routing/nginx-generate.ts';
import { generateSslh, sslhRequest } from './oracle/routing/sslh-generate.ts';
import { Draw } from './oracle/routing/random.ts';

const sockets = { port: 8080, tlsPort: 8443, certificate: '/srv/certificate', backend: 9000, root };
const requestCount = 12;

/** A config and what is asked of it. */
interface Case {
  readonly config: Config;
  readonly targets: Targets;
  readonly requests: readonly TraceRequest[];
}

const generators: Readonly<Record<'nginx' | 'apache' | 'sslh', (random: Draw, id: number) => Case>> = {
  nginx(random, id) {
    const { text, requests } = nginx.generateConfig({ ...sockets, random, id }, requestCount);
    const config = configOf(parseNginx(new SourceFile('nginx.conf', `events {}\nhttp {\n${text}\n}\n`)));
    return { config, targets: { nginx: [1, 22, 1] }, requests };
  },
  apache(random) {
    const main = apache.generateMain({ random });
    const { text, requests } = apache.generateConfig({ ...sockets, random }, requestCount);
    const whole = `ServerName localhost\nDocumentRoot "${root}"\n${main}\n${text}\n`;
    return {
      config: configOf(parseApache(new SourceFile('httpd.conf', whole))),
      targets: { apache: [2, 4, 62] },
      requests,
    };
  },
  sslh(random) {
    const text = generateSslh(random, sockets.port, [9001, 9002, 9003, 9004, 9005, 9006, 9007]);
    const config = configOf(parseSslh(new SourceFile('sslh.cfg', text)));
    const requests = Array.from({ length: requestCount }, () => sslhRequest(random, sockets.port));
    return { config, targets: { sslh: [1, 20] }, requests };
  },
};

/** One line; the digest stands for what is too long for it. */
function line({ listener, virtualHost, location, outcome, responseHeaders }: Trace): string {
  const written = (headers: readonly TracedHeader[]): string[] => headers.map(({ name, value }) => `${name}: ${value}`);
  const details = [
    [listener, virtualHost?.text, location?.text],
    outcome.kind === 'proxy' ? [...written(outcome.headers), ...outcome.lost.map(({ name }) => name)] : [],
    outcome.kind === 'response' ? outcome.body : '',
    written(responseHeaders),
  ];
  const digest = createHash('sha256').update(JSON.stringify(details)).digest('hex').slice(0, 8);
  return `${digest} ${JSON.stringify(outcomeText(outcome))}`;
}

test.each([
  { server: 'nginx', count: 100 },
  { server: 'apache', count: 60 },
  { server: 'sslh', count: 20 },
] as const)('$server', async ({ server, count }) => {
  const random = new Draw(7);
  const trace = (await loadTracer(server))!;
  const lines: string[] = [];
  for (let id = 0; id < count; id++) {
    const { config, targets, requests } = generators[server](random, id);
    const model = lower(config, targets);
    lines.push(`config ${id}`, ...requests.map((request) => line(trace({ config, model, targets }, request, lookup))));
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../fixtures/trace/random.${server}.txt`);
});
