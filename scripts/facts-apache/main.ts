/**
 * Writes `src/servers/apache/facts/table.gen.ts` from the sources, the manual and a running httpd:
 *
 *     HTTPD_GIT=/path/to/httpd.git npx tsx scripts/facts-apache/main.ts
 *
 * Environment: HTTPD_GIT, a git directory of apache/httpd (required); HTTPD_REF, the revision to read (refs/heads/2.4.x);
 * HTTPD_BIN (apache2) and HTTPD_MODULES (/usr/lib/apache2/modules), the server that is asked where it accepts what.
 */
import { writeFileSync } from 'node:fs';
import { firstReleases, readMacros } from './macros.ts';
import { readManual, type ManualModule } from './manual.ts';
import { Program } from './program.ts';
import { Upstream } from './upstream.ts';

interface Row {
  name: string;
  modules: Set<string>;
  plain: boolean;
  section: boolean;
  status: string;
  documented: string;
  allowed: string;
  override: string;
  kind: string;
  since: string;
  syntax: string;
  default: string;
}

const documentedLetters: Readonly<Record<string, string>> = {
  'server config': 's',
  'virtual host': 'v',
  directory: 'dlf',
  '.htaccess': 'h',
  'proxy section': 'p',
};

const rows = new Map<string, Row>();

function rowOf(name: string): Row {
  const key = name.toLowerCase();
  let row = rows.get(key);
  if (!row) {
    row = {
      name,
      modules: new Set(),
      plain: false,
      section: false,
      status: '',
      documented: '',
      allowed: '?',
      override: '',
      kind: '',
      since: '',
      syntax: '',
      default: '',
    };
    rows.set(key, row);
  }
  return row;
}

function addManual(upstream: Upstream, ref: string): ManualModule[] {
  const pages = upstream.files(ref, 'docs/manual/mod/', '.xml').map((path) => upstream.read(ref, path));
  const manuals = pages.flatMap((page) => readManual(page) ?? []);
  for (const { directives } of manuals) {
    for (const directive of directives) {
      const row = rowOf(directive.name);
      for (const module of directive.modules) row.modules.add(module);
      row.section ||= directive.section;
      row.plain ||= !directive.section;
      row.status ||= directive.status;
      row.documented ||= directive.contexts.map((context) => documentedLetters[context]).join('');
      row.override ||= directive.override.replaceAll(' ', '');
      row.since ||= directive.since;
      row.syntax ||= directive.syntax;
      row.default ||= directive.default;
    }
  }
  return manuals;
}

function addMacros(upstream: Upstream, ref: string): void {
  for (const macro of readMacros(upstream, ref)) {
    const row = rowOf(macro.name);
    // Directives written both ways have two kinds; the section reads its line itself.
    const both = row.kind !== '' && row.section !== macro.section;
    row.section ||= macro.section;
    row.plain ||= !macro.section;
    if (row.kind === '' || both) row.kind = both ? 'RAW_ARGS' : macro.kind;
  }
}

function addReleases(upstream: Upstream): void {
  const first = firstReleases(upstream);
  for (const [key, row] of rows) {
    row.since = first.get(key) ?? row.since;
    if (/^2\.(0|1)\./.test(row.since)) row.since = '';
    if (row.since.startsWith('2.3.')) row.since = '2.4.0';
  }
}

async function addProgram(program: Program, newestTag: string): Promise<void> {
  const listed = program.directives();
  const queue = [...new Map(listed.map((directive) => [directive.name.toLowerCase(), directive])).values()];
  const worker = async (): Promise<void> => {
    for (let directive = queue.pop(); directive; directive = queue.pop()) {
      const known = rows.has(directive.name.toLowerCase());
      const row = rowOf(directive.name);
      if (!known) Object.assign(row, { section: directive.section, plain: !directive.section, since: next(newestTag) });
      if (row.modules.size === 0) row.modules.add(directive.module);
      row.kind ||= directive.section ? 'RAW_ARGS' : await program.argumentKind(directive.name);
      row.override = directive.override.join(',');
      row.allowed = (await program.contexts(directive.name, !row.plain, row.kind)) + (directive.htaccess ? 'h' : '');
    }
  };
  await Promise.all([worker(), worker(), worker()]);
}

/** What a directive that no tag has yet came with, at the earliest. */
function next(tag: string): string {
  const [major, minor, patch] = tag.split('.');
  return `${major}.${minor}.${Number(patch) + 1}`;
}

function encode(row: Row): string {
  const form = row.section ? (row.plain ? '*' : '<') : '';
  return [
    row.name,
    [...row.modules].join(','),
    form,
    row.status,
    row.documented,
    row.allowed,
    row.override,
    row.kind,
    row.since,
    row.syntax,
    row.default,
  ].join('\t');
}

function literal(lines: readonly string[]): string {
  return `\`${lines.join('\n').replace(/[\\`]|\$\{/g, '\\$&')}\``;
}

const gitDirectory = process.env['HTTPD_GIT'];
if (!gitDirectory) throw new Error('Set HTTPD_GIT to a git directory of apache/httpd.');
const upstream = new Upstream(gitDirectory);
const ref = process.env['HTTPD_REF'] ?? 'refs/heads/2.4.x';
const program = new Program(
  process.env['HTTPD_BIN'] ?? 'apache2',
  process.env['HTTPD_MODULES'] ?? '/usr/lib/apache2/modules',
);

const manuals = addManual(upstream, ref);
addMacros(upstream, ref);
addReleases(upstream);
await addProgram(program, upstream.releases().at(-1)!);

// A name that only a command table has stands in an example or is switched off at compile time.
const known = [...rows.values()].filter((row) => row.modules.size > 0);

const moduleRows = manuals
  .filter((module) => module.name !== 'mpm_common')
  .map((module) => [module.name, module.identifier || `${module.name}_module`, module.status, module.since].join('\t'));
writeFileSync(
  'src/servers/apache/facts/table.gen.ts',
  `// Generated by scripts/facts-apache. Do not edit.

export const origin = {
  source: 'apache/httpd 2.4.x: docs/manual/mod, command tables, and the answers of a running server',
  version: '${program.version()}',
  date: '${upstream.date(ref)}',
} as const;

/** Name, LoadModule identifier, status, since; tab-separated. */
export const modules = ${literal(moduleRows.sort())};

/** Name, modules, form, status, documented contexts, accepted contexts, override, argument kind, since, syntax, default; tab-separated. */
export const rows = ${literal(known.map(encode).sort())};
`,
);
program.close();
