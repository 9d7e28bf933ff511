/**
 * Writes `src/servers/sslh/facts/table.gen.ts` from the release tags of the sslh source:
 *
 *     SSLH_GIT=DIR tsx scripts/facts-sslh.ts
 *
 * DIR is a git directory of https://github.com/yrutschle/sslh. From 1.21 on the settings stand in `sslhconf.cfg`, from which sslh generates
 * its parser; before, they are the libconfig look-ups of `sslh-main.c`. Probes are the table of `probe.c` and the names that `get_probe` adds.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { SslhProbe, SslhScope, SslhSetting, SslhType } from '../src/servers/sslh/facts/types.ts';
import { SourceFile } from '../src/text/source.ts';
import type { Block, Directive } from '../src/syntax/tree.ts';
import { parseSslh } from '../src/parsers/sslh/parse.ts';
import { compareVersions, formatVersion, parseVersion, type Version } from '../src/model/versions.ts';

const target = 'src/servers/sslh/facts/table.gen.ts';
const oldest: Version = [1, 14];
const repository = process.env['SSLH_GIT'];
if (!repository) {
  console.error('Set SSLH_GIT to a git directory of sslh.');
  process.exit(2);
}

type Setting = Pick<SslhSetting, 'scope' | 'name' | 'type' | 'required'>;

interface Release {
  readonly tag: string;
  readonly version: string;
  readonly settings: readonly Setting[];
  readonly probes: readonly string[];
}

function git(...args: string[]): string {
  return execFileSync('git', [`--git-dir=${repository}`, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The last tag of each version: letters after the numbers are corrections of the same release. */
function releaseTags(): Map<string, string> {
  const tags = git('tag', '--list', 'v*')
    .split('\n')
    .flatMap((tag) => {
      const version = parseVersion(tag);
      return version && compareVersions(version, oldest) >= 0 ? [{ tag, version }] : [];
    })
    .sort((a, b) => compareVersions(a.version, b.version) || (a.tag < b.tag ? -1 : 1));
  return new Map(tags.map(({ tag, version }) => [canonical(version), tag]));
}

/** `2.0.0` and `2.0` are one release. */
function canonical(version: Version): string {
  return formatVersion(version.length === 3 && version[2] === 0 ? version.slice(0, 2) : version);
}

function fileAt(tag: string, path: string): string | undefined {
  try {
    return git('show', `${tag}:${path}`);
  } catch {
    return undefined;
  }
}

function releaseOf(version: string, tag: string): Release {
  const schema = fileAt(tag, 'sslhconf.cfg');
  const main = fileAt(tag, 'sslh-main.c') ?? '';
  return {
    tag,
    version,
    settings: schema === undefined ? settingsOfSource(main) : settingsOfSchema(schema),
    probes: probesOf(fileAt(tag, 'probe.c') ?? '', main),
  };
}

function settingsOfSchema(text: string): Setting[] {
  const file = parseSslh(new SourceFile('sslhconf.cfg', text));
  const config = child(file.root, 'config');
  return settingsOfItems(child(config?.block, 'items')?.block, 'main');
}

function settingsOfItems(items: Block | undefined, scope: SslhScope): Setting[] {
  return (items?.directives ?? []).flatMap(({ block }) => {
    const type = text(block, 'type');
    const name = text(block, 'name');
    if (type === undefined || name === undefined || type === 'runtime') return [];
    const nested = type === 'list' ? settingsOfItems(child(block, 'items')?.block, name as SslhScope) : [];
    const required =
      type === 'list'
        ? name === 'protocols'
        : !child(block, 'default') && type !== 'array' && text(block, 'optional') !== 'true';
    return [{ scope, name, type: type === 'array' ? 'strings' : (type as SslhType), required }, ...nested];
  });
}

function child(block: Block | undefined, key: string): Directive | undefined {
  return block?.directives.find((directive) => directive.key === key);
}

function text(block: Block | undefined, key: string): string | undefined {
  return child(block, key)?.args[0]?.value;
}

const scopeOf: Readonly<Record<string, SslhScope>> = {
  config: 'main',
  '&config': 'main',
  addr: 'listen',
  prot: 'protocols',
};
const typeOfMember: Readonly<Record<string, SslhType>> = { probe: 'probe' };

/** `config_lookup_int(&config, "timeout", ...)` and `config_setting_lookup_string(prot, "name", ...)`. */
function settingsOfSource(source: string): Setting[] {
  const lookups = source.matchAll(
    /config_(?:setting_)?(?:lookup|get)(?:_(bool|int|string|member))?\(\s*(&?\w+),\s*"([\w-]+)"/g,
  );
  const settings = new Map<string, Setting>();
  for (const [, kind, variable, name] of lookups) {
    const scope = scopeOf[variable!];
    if (!scope) continue;
    const key = `${scope}.${name}`;
    const type =
      kind === 'member' ? (typeOfMember[name!] ?? 'strings') : kind === undefined ? 'list' : (kind as SslhType);
    const twice = settings.get(key)?.type === 'bool' && type === 'int';
    const required = scope === 'main' ? name === 'protocols' : ['name', 'host', 'port'].includes(name!);
    settings.set(key, { scope, name: name!, type: twice ? 'bool-or-int' : type, required });
  }
  return [...settings.values()];
}

/** The names that a configuration file may use; `sni_alpn` is for sslh itself. */
function probesOf(probeSource: string, mainSource: string): string[] {
  const table = /builtins\[\][^;]*?=\s*\{([\s\S]*?)\};/.exec(probeSource)?.[1] ?? '';
  const builtin = [...table.matchAll(/\{\s*"(\w+)"/g)].map(([, name]) => name!);
  const added = [...probeSource.matchAll(/strcmp\(description,\s*"(\w+)"\)/g)].map(([, name]) => name!);
  const renamed = mainSource.includes('ssl_to_tls(name)') ? ['ssl'] : [];
  return [...builtin, ...added, ...renamed].filter((name) => name !== 'sni_alpn');
}

/** Joins what is equal in successive releases into ranges. */
function ranges<Item extends object>(
  releases: readonly Release[],
  itemsOf: (release: Release) => readonly Item[],
): (Item & Range)[] {
  const all: (Item & { since: string | undefined; until: string | undefined })[] = [];
  let open = new Map<string, (typeof all)[number]>();
  for (const [index, release] of releases.entries()) {
    const next = new Map<string, (typeof all)[number]>();
    for (const item of itemsOf(release)) {
      const key = JSON.stringify(item);
      let range = open.get(key);
      if (!range) all.push((range = { ...item, since: index === 0 ? undefined : release.version, until: undefined }));
      next.set(key, range);
    }
    for (const [key, range] of open) if (!next.has(key)) range.until = release.version;
    open = next;
  }
  return all;
}

type Range = Pick<SslhProbe, 'since' | 'until'>;

const releases = [...releaseTags()].map(([version, tag]) => releaseOf(version, tag));
const newest = releases.at(-1)!;
const settings = ranges(releases, (release) => release.settings);
const probes = ranges(releases, (release) => [...new Set(release.probes)].map((name) => ({ name })));
const date = git('log', '-1', '--format=%as', newest.tag).trim();
const rows = (items: readonly object[]): string => items.map((item) => `  ${literal(item)},`).join('\n');
const literal = (item: object): string =>
  `{ ${Object.entries(item)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? `'${value}'` : String(value)}`)
    .join(', ')} }`;

writeFileSync(
  target,
  `// Generated by scripts/facts-sslh.ts from https://github.com/yrutschle/sslh, releases ${releases[0]!.tag} to ${newest.tag} (${date}). Do not edit.
import type { SslhProbe, SslhSetting } from './types.ts';

export const oldestKnown = '${releases[0]!.version}';
export const newestKnown = '${newest.version}';

export const settings: readonly SslhSetting[] = [
${rows(settings)}
];

export const probes: readonly SslhProbe[] = [
${rows(probes)}
];
`,
);
console.log(`${settings.length} settings, ${probes.length} probes of ${releases.length} releases in ${target}`);
