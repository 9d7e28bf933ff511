/**
 * Writes `src/servers/nginx/facts/third-party.json`: names of directives and variables of modules outside the nginx source,
 * without those that nginx itself has (run `facts-nginx.ts` first).
 *
 *     NGINX_MODULES=DIR tsx scripts/facts-nginx-third-party.ts
 *
 * DIR holds git directories `<owner>+<name>/repo[/.git]` of the projects below. Their `ngx_command_t` and variable tables are
 * read at HEAD and at each tag: which release a config is for is not known, so a name that one of them has exists. `documented` adds
 * names that a project builds by macros or documents only.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import coreTable from '../src/servers/nginx/facts/table.json' with { type: 'json' };
import { thirdPartyProjects } from './facts-nginx/third-party-projects.ts';

const target = 'src/servers/nginx/facts/third-party.json';
const directory = process.env['NGINX_MODULES'];
if (!directory) {
  console.error('Set NGINX_MODULES to the directory of the git directories.');
  process.exit(2);
}

function git(repository: string, args: readonly string[], input = ''): string {
  return execFileSync('git', [`--git-dir=${repository}`, ...args], { encoding: 'utf8', maxBuffer: 1 << 30, input });
}

/** The texts of all sources of a project, each once. */
function sourcesOf(repository: string, under: readonly string[]): string {
  const releases = ['HEAD', ...git(repository, ['tag']).split('\n').filter(Boolean)];
  const blobs = new Set<string>();
  for (const release of releases) {
    const listed = git(repository, ['ls-tree', '-r', release, ...under]).split('\n');
    for (const [, blob, path] of listed.flatMap((line) => [/ blob (\w+)\t(.*)/.exec(line)].filter((it) => it !== null)))
      if (isSource(path!)) blobs.add(blob!);
  }
  return git(repository, ['cat-file', '--batch'], [...blobs].join('\n'));
}

function isSource(path: string): boolean {
  return /\.(c|cc|cpp|h|rb)$/.test(path) && !/(^|\/)(t|tests?|valgrind)\//.test(path);
}

function gitDirectory(project: string): string {
  const repository = join(directory!, project.replace('/', '+'), 'repo');
  return existsSync(join(repository, '.git')) ? join(repository, '.git') : repository;
}

function tables(source: string, type: RegExp): string {
  return [...source.matchAll(type)].map(({ index }) => source.slice(index, source.indexOf('};', index))).join('\n');
}

const commandTable = /\bngx_command_t\s+\w+\s*\[\s*\w*\s*\]\s*=\s*\{/g;
const variableTable = /\bngx_(?:http|stream)_variable_t\s+\w+\s*\[\s*\w*\s*\]\s*=\s*\{/g;
/** Left out are directives that stand only in blocks of their own module: nothing in such a block is checked. */
const ownContext = /_(?:RTMP\w*|ZONE|OPTION)_CONF|NGX_PROC_CONF/;
const serverContext = /NGX_(?:ANY|MAIN|EVENT|HTTP|STREAM|MAIL)_/;

function commandNames(text: string): string[] {
  return [...text.matchAll(/ngx_string\(\s*"(\w+)"\s*\)\s*,([^,]*)/g)]
    .filter(([, , flags]) => serverContext.test(flags!) || !ownContext.test(flags!))
    .map(([, name]) => name!);
}

function variableNames(text: string): string[] {
  return [...text.matchAll(/ngx_string\(\s*"(\w+)"\s*\)/g)].map(([, name]) => name!);
}

const core = new Set(coreTable.directives.filter((line) => !line.split('\t')[2]).map((line) => line.split('\t')[0]!));
const coreVariables = new Set(coreTable.variables.map((line) => line.split('\t')[0]!));
const sorted = (names: readonly string[], without: ReadonlySet<string>): string =>
  [...new Set(names)]
    .filter((name) => name && !without.has(name))
    .sort()
    .join(' ');

const modules = thirdPartyProjects.map(({ project, documented = '', under, pattern }) => {
  const repository = gitDirectory(project);
  const sources = sourcesOf(repository, under ?? []);
  const commands = commandNames(tables(sources, commandTable));
  const templated = pattern ? [...sources.matchAll(pattern)].map(([, name]) => name!) : [];
  return {
    module: project,
    commit: git(repository, ['rev-parse', '--short=12', 'HEAD']).trim(),
    date: git(repository, ['show', '-s', '--format=%cs', 'HEAD']).trim(),
    directives: sorted([...commands, ...templated, ...documented.split(' ')], core),
    variables: sorted(variableNames(tables(sources, variableTable)), coreVariables),
  };
});
writeFileSync(target, `${JSON.stringify(modules, undefined, 1)}\n`);
for (const { module, directives, variables } of modules) {
  console.log(module, directives.split(' ').length, variables ? variables.split(' ').length : 0);
}
