import type { Server } from '../server.ts';
import { sslhIncludes } from './includes.ts';
import { sslhConnections } from './connections.ts';
import { isSslhLine, marksForSslh } from './detect.ts';
import { sslhRefusals } from './refusals/index.ts';
import { sslhRelays } from './relays.ts';
import { sslhRows } from './routing.ts';

export const sslh: Server = {
  dialect: 'sslh',
  names: { own: [], main: [], part: /(?:^|\W|_)sslh/ },
  detection: {
    marks: ({ lines }) => marksForSslh(lines),
    // It has few names, and its syntax is that of many others.
    tolerance: 0.25,
    isLine: (line) => /[:=]/.test(line) && isSslhLine(line),
  },
  loadParser: async () => (await import('../../parsers/sslh/parse.ts')).parseSslh,
  inferLevel: () => 'main',
  isWhole: () => false,
  isUnread: () => true,
  isInner: () => false,
  isMainConfig: () => false,
  includes: sslhIncludes,
  isForeign: () => false,
  refusals: sslhRefusals,
  lower: () => ({ dialect: 'sslh', listeners: [], virtualHosts: [], upstreams: [], outerTls: [] }),
  routes: sslhRows,
  relays: sslhRelays,
  connections: sslhConnections,
  loadTracer: async () => {
    const { traceSslh } = await import('./trace/trace.ts');
    return ({ config, targets }, request) => traceSslh(config, targets, request);
  },
};
