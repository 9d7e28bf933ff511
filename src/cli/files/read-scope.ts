/**
 * Which files a config may have read. A linted tree may come from a stranger, and what is read may be shown: in messages, in the lines
 * of code around them.
 */
import { dirname, resolve } from 'node:path';
import { isWithin } from '../../text/paths.ts';
import { realPath } from './real-path.ts';
import { repositoryOf } from '../git/repository.ts';

/** Files of the kernel never end, wait, or tell of the machine; `.git` holds the credentials of a checkout. */
const never = /^\/(?:proc|sys|dev)(?:\/|$)|\/\.git(?:\/|$)/;

/** Whether nothing reads a path, whoever asks for it. */
export function isNeverRead(path: string): boolean {
  return never.test(path);
}

/** What a shell makes of `<(command)`, and standard input by its path. Any other pipe may have no writer. */
export function isDescriptor(path: string): boolean {
  return /^\/(?:dev\/stdin|dev\/fd\/\d+|proc\/self\/fd\/\d+)$/.test(path);
}

/** Where the packages of the servers keep their configs. */
const prefixes =
  /^\/(?:(?:usr\/local\/|opt\/homebrew\/)?etc\/(?:nginx|openresty|apache2|apache24|httpd|sslh)|opt\/[^/]+\/(?:etc\/)?(?:nginx|apache2?|httpd)|usr\/local\/(?:nginx|apache2?|openresty\/nginx))(?=\/)/;

/** What the packages of a distribution link to and include from an installed config. */
const shared =
  /^\/(?:(?:usr|usr\/local|opt\/homebrew)\/(?:share|lib|lib64)|etc\/letsencrypt|etc\/modsecurity|etc\/crypto-policies)\/|^\/etc\/[\w.+-]+\/(?:[\w.+-]+\/)*(?:apache2?|httpd|nginx)[\w.+-]*$/;

/** Some directories, and what lies below them. Links are judged by where they lead. */
export class ReadScope {
  /** As they are written and as they really are, the first to be named. */
  readonly #roots: readonly string[];
  readonly #isInstalled: boolean;
  readonly #known = new Map<string, boolean>();

  /** @param isInstalled also what the packages of the distribution hold */
  constructor(roots: readonly string[], isInstalled = false) {
    const written = roots.map((root) => resolve(root));
    this.#roots = [...new Set([...written, ...written.map(realPath)])];
    this.#isInstalled = isInstalled;
  }

  /** The directories, for a sentence. */
  get name(): string {
    return this.#roots[0] ?? 'nowhere';
  }

  with(roots: readonly string[]): ReadScope {
    return roots.length === 0 ? this : new ReadScope([...this.#roots, ...roots], this.#isInstalled);
  }

  holds(path: string): boolean {
    let holds = this.#known.get(path);
    if (holds === undefined) {
      const absolute = resolve(path);
      // A path that is outside as written is not even looked at.
      holds = this.#allows(absolute) && this.#allows(realPath(absolute));
      this.#known.set(path, holds);
    }
    return holds;
  }

  #allows(path: string): boolean {
    if (never.test(path)) return false;
    return this.#roots.some((root) => isWithin(root, path)) || (this.#isInstalled && shared.test(path));
  }
}

/**
 * What a file may have read: for an installed config, the configuration of its server; else the git repository around the file, else the
 * working directory if the file lies in it, else its own directory.
 */
export function scopeOf(path: string): ReadScope {
  const absolute = resolve(path);
  const installed = prefixes.exec(absolute) ?? prefixes.exec(realPath(absolute));
  return installed ? scopeBelow(installed[0], true) : projectScopeOf(dirname(absolute));
}

/** The project that a directory belongs to. */
export function projectScopeOf(directory: string): ReadScope {
  return scopeBelow(projectOf(directory), false);
}

const scopes = new Map<string, ReadScope>();

/** For a program that runs longer than folders stay as they are. */
export function forgetScopes(): void {
  scopes.clear();
  projects.clear();
}

function scopeBelow(root: string, isInstalled: boolean): ReadScope {
  let scope = scopes.get(root);
  if (!scope) scopes.set(root, (scope = new ReadScope([root], isInstalled)));
  return scope;
}

function projectOf(directory: string): string {
  const known = projects.get(directory);
  if (known !== undefined) return known;
  const project = repositoryOf(directory) ?? (isInWorkingDirectory(directory) ? process.cwd() : directory);
  projects.set(directory, project);
  return project;
}

const projects = new Map<string, string>();

/** A container has `/` for a working directory, which is no project. */
function isInWorkingDirectory(directory: string): boolean {
  const current = process.cwd();
  return current !== '/' && isWithin(current, realPath(directory));
}
