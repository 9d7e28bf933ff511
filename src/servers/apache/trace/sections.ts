/** Which sections apply to a request, merged in httpd's order: the walks of server/request.c and modules/proxy/mod_proxy.c. */
import { ApacheScope } from '../meaning/scope.ts';
import type { Section } from '../meaning/sections.ts';
import { evaluateCondition } from './expr.ts';
import { fnmatch } from '../../../text/fnmatch.ts';
import { followsLinks } from './options.ts';
import { levelsOf, placeOf, regexOf, step, taken, textOf, type Request } from './state.ts';
import { mergeSlashes } from './uri.ts';

/** `ap_location_walk` and `ap_if_walk`: merges `<Location>` and then `<If>` over what is in force. */
export function walkLocations(request: Request): void {
  const path = mergeSlashes(request.uri);
  const { sections } = request.setting;
  for (const section of sections)
    if (section.kind === 'location' && !section.parent && matchesLocation(request, section, path)) {
      merge(request, section);
    }
  const around = levelsOf(request.scope).flatMap(({ directive }) => directive ?? []);
  walkConditions(request, [undefined, ...around]);
}

function matchesLocation(request: Request, section: Section, path: string): boolean {
  const { pattern, isRegex } = patternOf(request, section);
  if (isRegex) return matchRegex(request, pattern, request.uri);
  if (/[*?[]/.test(pattern)) return fnmatch(pattern, path, { pathname: true });
  if (!path.startsWith(pattern)) return false;
  return pattern.endsWith('/') || path.length === pattern.length || path[pattern.length] === '/' || pattern === '';
}

/** The argument of a section, without the `~` that makes it a regular expression. */
function patternOf(request: Request, { directive }: Section): { pattern: string; isRegex: boolean } {
  const tilde = directive.args[0]?.value === '~';
  const word = directive.args[tilde ? 1 : 0];
  return { pattern: textOf(request.setting, word), isRegex: tilde || directive.key.endsWith('match') };
}

/** Named groups become environment variables. */
function matchRegex(request: Request, pattern: string, subject: string): boolean {
  const match = regexOf(pattern).exec(subject);
  for (const [name, value] of Object.entries(match?.groups ?? {}))
    if (value !== undefined) request.env.set(`MATCH_${name.toUpperCase()}`, value);
  return match !== null;
}

/** Only the `<If>` of levels in force count, in the order of these; `undefined` stands for the server level. */
function walkConditions(request: Request, within: readonly (Section['directive'] | undefined)[]): void {
  const conditions = request.setting.sections.filter(({ kind }) => kind === 'condition');
  const candidates = within.flatMap((level) => conditions.filter(({ parent }) => parent?.directive === level));
  const applied: Section[] = [];
  let previous = false;
  for (const section of candidates) {
    const { key } = section.directive;
    if (key !== 'if' && previous) continue;
    previous = key === 'else' || evaluateCondition(request, textOf(request.setting, section.directive.args[0]));
    if (!previous) continue;
    applied.push(section);
    if (key === 'else') previous = false;
  }
  for (const section of applied) merge(request, section);
  if (applied.length > 0)
    walkConditions(
      request,
      applied.map(({ directive }) => directive),
    );
}

function merge(request: Request, section: Section): void {
  taken(request.setting, section);
  request.scope = new ApacheScope(section.level, section.directive, request.scope);
  note(request, section);
}

function note(request: Request, section: Section): void {
  const { directive } = section;
  const { setting } = request;
  const text = `<${[directive.name, ...directive.args].map(({ raw }) => raw).join(' ')}>`;
  if (!setting.applied.has(directive)) step(request, `The section ${text} applies.`, directive);
  setting.applied.add(directive);
  setting.section = {
    text,
    place: placeOf(directive),
    reason: 'it is the last section that applies',
    candidates: [],
  };
}

/** `proxy_walk`: `<Proxy>` sections take the place of `<Directory>` for a request that is proxied by its URL. */
export function walkProxy(request: Request): void {
  const url = request.filename!.slice('proxy:'.length);
  for (const section of request.setting.sections) {
    if (section.kind !== 'proxy') continue;
    const { pattern, isRegex } = patternOf(request, section);
    const applies = isRegex
      ? matchRegex(request, pattern, url)
      : /[*?[]/.test(pattern)
        ? fnmatch(pattern, url)
        : url.startsWith(pattern);
    if (applies) merge(request, section);
  }
}

/** `ap_directory_walk` and `ap_file_walk`, for the directories that lead to the file. */
export function walkFiles(request: Request, directories: readonly string[]): void {
  const files = request.setting.sections.filter(({ kind, parent }) => kind === 'files' && !parent);
  const byDepth = files.filter(({ directive }) => directive.key.startsWith('directory'));
  const enter = (directory: string): void => {
    for (const section of byDepth) {
      const { pattern, isRegex } = patternOf(request, section);
      if (!isRegex && matchesDirectory(pattern, directory)) merge(request, section);
    }
  };
  for (const directory of directories) enter(directory);
  if (countsAsDirectory(request)) enter(`${request.filename}/`);
  for (const section of byDepth) {
    const { pattern, isRegex } = patternOf(request, section);
    if (isRegex && matchRegex(request, pattern, request.filename!)) merge(request, section);
  }
  if (request.fileKind === 'directory') return;
  walkNames(request, files);
}

/**
 * Where links are followed, httpd does not look what the last segment is: a file counts as a directory. A file in the
 * directory that the request before walked to takes that walk over.
 */
function countsAsDirectory(request: Request): boolean {
  const name = request.filename!;
  const parent = name.slice(0, name.replace(/\/$/, '').lastIndexOf('/') + 1);
  const before = (request.main ?? request.previous)?.walked;
  const isFile = request.fileKind === 'file' && request.pathInfo === '';
  const reused = isFile && before?.directory === parent;
  const counts = reused ? before.withFile : isFile && followsLinks(request);
  request.walked = { directory: request.fileKind === 'directory' ? name : parent, withFile: counts };
  return counts;
}

/** `<Files>` of the server, then those of the directories in force. */
function walkNames(request: Request, top: readonly Section[]): void {
  const inForce = new Set(levelsOf(request.scope).map(({ directive }) => directive));
  const nested = request.setting.sections.filter(
    ({ kind, parent }) => kind === 'files' && parent && inForce.has(parent.directive),
  );
  const name = request.filename!.slice(request.filename!.lastIndexOf('/') + 1);
  for (const section of [...top, ...nested]) {
    if (!section.directive.key.startsWith('files')) continue;
    const { pattern, isRegex } = patternOf(request, section);
    const applies = isRegex
      ? matchRegex(request, pattern, name)
      : /[*?[]/.test(pattern)
        ? fnmatch(pattern, name, { pathname: true })
        : pattern === name;
    if (applies) merge(request, section);
  }
}

/** `directory` ends with a slash, and so does the pattern by then. */
function matchesDirectory(pattern: string, directory: string): boolean {
  const path = pattern.endsWith('/') ? pattern : `${pattern}/`;
  if (!/[*?[]/.test(path)) return path === directory;
  return fnmatch(path, directory, { pathname: true });
}
