import { SourceFile } from './src/ir/source.ts';
import { allFiles } from './src/ir/walk.ts';
import { loadParser } from './src/parsers/index.ts';
import { lintConfig } from './src/linter.ts';
import { rules } from './src/rules/index.gen.ts';

import { readFileSync } from 'node:fs';
const text = readFileSync('/tmp/big.conf','utf8');
const bad = text.replaceAll('proxy_set_header X-Forwarded-Proto $scheme;', '').replaceAll('proxy_set_header Connection $connection_upgrade;','').replace('access_log off;','access_log off; proxy_set_header X-A a; proxy_set_header X-B b;');
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
const parse = await loadParser('nginx');
for (const t of [text, text, bad]) {
  const t0 = cpu();
  const file = parse(new SourceFile('/tmp/big.conf', t));
  const config: any = { dialect: 'nginx', file, files: allFiles(file), level: 'main', complete: true };
  const t1 = cpu();
  const mine = ['missing-websocket-upgrade', 'missing-forwarded-proto', 'lost-proxy-headers', 'weak-tls-protocol'];
  lintConfig(config, { rules: rules.filter(r => r.id === 'unclosed-block').map(rule => ({ rule })), targets: {} });
  const t2 = cpu();
  const n = lintConfig(config, { rules: rules.filter(r => mine.includes(r.id)).map(rule => ({ rule })), targets: {} }).length;
  const t3 = cpu();
  console.log({ parse: t1 - t0, baseWalk: t2 - t1, model: t3 - t2, findings: n });
}
