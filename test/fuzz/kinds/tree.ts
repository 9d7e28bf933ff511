/** Configs with blocks and directives in them, made at random: most of the words fit the place that they stand in. */
import type { Dialect } from '../../../src/ir/syntax.ts';
import type { Random } from '../../oracle/lib/random.ts';
import { nameOf, sectionOf, valueOf, wordOf } from '../vocabulary.ts';

const depthLimit = 4;

export function nginxTree(random: Random): string {
  const hosts = Array.from({ length: 1 + random.below(3) }, () => `server {\n${nginxItems(random, 1)}}\n`).join('');
  return random.below(2) === 0 ? hosts : `events {}\nhttp {\n${nginxItems(random, 3)}${hosts}}\n`;
}

function nginxItems(random: Random, depth: number): string {
  return Array.from({ length: random.below(8) }, () => nginxItem(random, depth)).join('');
}

function nginxItem(random: Random, depth: number): string {
  const values = (): string => valuesOf('nginx', random);
  const indent = '  '.repeat(depth);
  if (depth >= depthLimit || random.below(3) > 0) return `${indent}${nameOf('nginx', random)} ${values()};\n`;
  const head = [
    'location /a',
    `location ${values()}`,
    `if (${values()})`,
    `map ${values()}`,
    `upstream b`,
    'limit_except GET',
  ];
  return `${indent}${random.pick(head)} {\n${nginxItems(random, depth + 1)}${indent}}\n`;
}

export function apacheTree(random: Random): string {
  const loaded =
    random.below(2) === 0 ? 'LoadModule proxy_module m.so\nLoadModule rewrite_module m.so\nListen 80\n' : '';
  return `${loaded}<VirtualHost *:80>\nServerName a.example.com\n${apacheItems(random, 1)}</VirtualHost>\n${apacheItems(random, 2)}`;
}

function apacheItems(random: Random, depth: number): string {
  return Array.from({ length: random.below(8) }, () => apacheItem(random, depth)).join('');
}

function apacheItem(random: Random, depth: number): string {
  const indent = '  '.repeat(depth);
  const values = valuesOf('apache', random);
  if (depth >= depthLimit || random.below(3) > 0) return `${indent}${nameOf('apache', random)} ${values}\n`;
  const section = sectionOf(random);
  return `${indent}<${section} ${values}>\n${apacheItems(random, depth + 1)}${indent}</${section}>\n`;
}

export function sslhTree(random: Random): string {
  const group = (): string =>
    `{ name: "${random.pick(['tls', 'ssh', 'http', 'regex', 'anyprot', 'x'])}"; host: "b"; port: "${random.below(70_000)}"; ${random.below(2) === 0 ? `sni_hostnames: [ "a", "*.b" ];` : ''} ${wordOf('sslh', random)} }`;
  const groups = Array.from({ length: random.below(5) }, group).join(',\n');
  const extra = Array.from(
    { length: random.below(4) },
    () => `${wordOf('sslh', random)}: ${wordOf('sslh', random)};\n`,
  );
  return `listen: ( { host: "0.0.0.0"; port: "443"; } );\n${extra.join('')}protocols: (\n${groups}\n);\n`;
}

/** A config of the dialect. */
export function treeOf(dialect: Dialect, random: Random): string {
  return { nginx: nginxTree, apache: apacheTree, sslh: sslhTree }[dialect](random);
}

function valuesOf(dialect: 'nginx' | 'apache', random: Random): string {
  return Array.from({ length: random.below(5) }, () => valueOf(dialect, random)).join(' ');
}
