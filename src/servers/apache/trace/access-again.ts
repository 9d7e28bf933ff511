/**
 * Whether access is checked anew for a request that httpd itself makes: not where its merged settings are the very same object as those of
 * the request before (`ap_process_request_internal` and the caches of the walks, server/request.c).
 */
import { apacheModules } from '../facts/index.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { builtIn } from './modules.ts';
import { levelsOf, step, type Request } from './state.ts';
import { mergeSlashes } from './uri.ts';

/** Modules that want to be asked for each path: their hooks are not `AP_AUTH_INTERNAL_PER_CONF`. */
const perPath: ReadonlySet<string> = new Set(['allowmethods', 'auth_form', 'example_hooks', 'log_debug', 'lua']);

/** Unknown where it depends on modules that are not known. */
export function skipsAccess(request: Request): boolean | Unknown {
  const before = request.previous ?? request.main;
  if (!before) return false;
  const skips = keepsSections(before, request);
  if (skips === true && !request.main)
    step(request, 'The sections are those of the request before, so access is not checked again.');
  return skips;
}

function keepsSections(before: Request, request: Request): boolean | Unknown {
  const old = appliedTo(before);
  const now = appliedTo(request);
  if (old.length !== now.length || now.some((directive, index) => directive !== old[index])) return false;
  if (now.every((directive) => isMergedOnce(directive, before, request))) return true;
  // What `<Proxy>` sets is merged anew for each request.
  if (now.some(({ key }) => key.startsWith('proxy'))) return false;
  const asked = isEachPathAsked(request);
  return asked === unknown ? unknown : !asked;
}

function appliedTo({ scope }: Request): Directive[] {
  return levelsOf(scope).flatMap(({ directive }) => (directive && directive.key !== 'virtualhost' ? [directive] : []));
}

/** Whether what a section sets is taken over from the request before, whichever modules there are. */
function isMergedOnce({ key }: Directive, before: Request, request: Request): boolean {
  if (key.startsWith('location')) return mergeSlashes(before.uri) === mergeSlashes(request.uri);
  if (!key.startsWith('directory') && !key.startsWith('files')) return false;
  const directory = directoryOf(request);
  if (directory === undefined || directory !== directoryOf(before)) return false;
  return key.startsWith('directory') || nameOf(before) === nameOf(request);
}

/** Where the walk ended; undefined where it is not taken over. */
function directoryOf({ filename, fileKind, pathInfo }: Request): string | undefined {
  if (filename === undefined) return undefined;
  if (fileKind === 'file') return filename.slice(0, filename.lastIndexOf('/') + 1);
  return fileKind === 'directory' && pathInfo === '' ? `${filename}/`.replace(/\/\/$/, '/') : undefined;
}

function nameOf({ filename }: Request): string | undefined {
  return filename?.slice(filename.lastIndexOf('/') + 1);
}

/** `!auth_internal_per_conf`. */
function isEachPathAsked({ setting: { modules } }: Request): boolean | Unknown {
  if (!modules) return unknown;
  const names = [...modules];
  if (names.some((name) => perPath.has(name))) return true;
  const own = new Set([...builtIn, ...apacheModules().map(({ name }) => name.replace(/^mod_/, ''))]);
  return names.every((name) => own.has(name) || name.startsWith('mpm_')) ? false : unknown;
}
