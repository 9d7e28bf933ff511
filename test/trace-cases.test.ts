/**
 * What `trace` prints for the requests of `oracle/routing/cases`, which `oracle/routing.test.ts` plays on the running servers as well.
 * `npm run test:update` writes the answers; play the oracle before you commit others.
 */
import { expect, test } from 'vitest';

import { formatTraces } from '../src/formatters/pretty-trace.ts';
import { parseApache } from '../src/parsers/apache/parse.ts';
import { parseNginx } from '../src/parsers/nginx/parse.ts';
import { configOf } from '../src/servers/config.ts';
import { lower } from '../src/servers/index.ts';
import { SourceFile } from '../src/text/source.ts';
import { followRequest } from '../src/topology/follow.ts';
import { unnamedMachine } from '../src/topology/machine.ts';
import { Topology, type Member } from '../src/topology/topology.ts';
import { lookup, root } from './helpers/document-root.ts';
import { apacheCases } from './oracle/routing/cases/apache.ts';
import { apacheCase, nginxCase } from './oracle/routing/cases/case.ts';
import { nginxCases } from './oracle/routing/cases/nginx.ts';
import type { GeneratedConfig } from './oracle/routing/play.ts';
import { tracerOf } from './topology/members.ts';

const around = { port: 8080, backend: 9000, root };

function nginx({ text }: GeneratedConfig): Member {
  const config = configOf(parseNginx(new SourceFile('nginx.conf', `events {}\nhttp {\n${text}\n}\n`)));
  const targets = { nginx: [1, 22, 1] } as const;
  return { config, model: lower(config, targets), targets, machine: unnamedMachine() };
}

function apache({ text }: GeneratedConfig): Member {
  const whole = `ServerName localhost\nDocumentRoot "${root}"\n${text}\n`;
  const config = configOf(parseApache(new SourceFile('httpd.conf', whole)));
  const targets = { apache: [2, 4, 62] } as const;
  return { config, model: lower(config, targets), targets, machine: unnamedMachine() };
}

test.each([
  { server: 'nginx', memberOf: nginx, cases: nginxCases.map((each) => nginxCase(each, around)) },
  { server: 'apache', memberOf: apache, cases: apacheCases.map((each) => apacheCase(each, around)) },
])('$server', async ({ server, memberOf, cases }) => {
  const answers: string[] = [];
  for (const [index, each] of cases.entries()) {
    const member = memberOf(each);
    const topology = new Topology([member], false);
    const hops = each.requests.map((request) => followRequest(topology, member, request, tracerOf, () => lookup)!);
    answers.push(`case ${index}\n${await formatTraces(hops, { color: false })}`);
  }
  await expect(answers.join('\n')).toMatchFileSnapshot(`../fixtures/trace/cases.${server}.txt`);
});
