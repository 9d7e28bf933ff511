/** Expands nginx's `include`, httpd's `Include` and `IncludeOptional`, and libconfig's `@include` as the servers do. */
import { Budget, limits, type IncludeBudget, type Notice } from '../text/budget.ts';
import type { FileAccess, ReadResult } from '../text/files.ts';
import { hasWildcard } from '../text/glob.ts';
import { baseName, directoryOf, isAbsolute, isWithin, join, normalize } from '../text/paths.ts';
import { SourceFile } from '../text/source.ts';
import { type Block, type ConfigFile, type Directive, type IncludeFailure, type Parse, headerOf } from './tree.ts';
import { hasTemplateMark } from '../text/template/placeholder.ts';

export interface IncludeOptions {
  readonly parse: Parse;
  /** Whether an included file is surely no config; it is then left out. */
  readonly isForeign?: (file: ConfigFile) => boolean;
  readonly files: FileAccess;
  /**
   * Where relative paths start. nginx: the directory of the main config; httpd: ServerRoot, unless the config sets it; sslh: the working
   * directory, for which that of the config stands.
   */
  readonly base: string;
  /** False where the base is a guess, as for a fragment without its main config: what is missing then proves nothing. */
  readonly isBaseKnown?: boolean;
  /** The directory that stands for `/` in absolute paths. Nothing outside of it is read. */
  readonly root?: string;
  /** What the configs of a run share; without it this one has a run to itself. */
  readonly budget?: Budget;
}

type Reason = IncludeFailure['reason'];

/** Directories of installed servers: a config there has all of its files around it. */
const installed =
  /^\/(?:etc|usr\/local\/etc|opt\/homebrew\/etc)\/(?:nginx|openresty|apache2|apache24|httpd|sslh)(?:\/|$)|^\/usr\/local\/(?:nginx|openresty\/nginx|apache2)\/conf/;

/** Comes with the server's package, so that a config kept elsewhere need not have it beside itself. */
const packaged =
  /^(?:mime\.types|fastcgi\.conf|(?:fastcgi|proxy|uwsgi|scgi)_params|koi-utf|koi-win|win-utf|(?:fastcgi-php|snakeoil)\.conf|modules-enabled|magic)$/;

/**
 * Sets `included` and `includeFailure` of each include directive in a file and in what it includes. A file is parsed
 * anew at each place of inclusion. Never throws if `files` does not. Gives what may not be read here, each path once.
 */
export function expandIncludes(file: ConfigFile, options: IncludeOptions): readonly Notice[] {
  const expansion = new Expansion(options);
  expansion.expand(file, [options.files.canonical(file.source.path)]);
  return [...expansion.notices.values()];
}

class Expansion {
  /** By what keeps from reading, and what is not read. */
  readonly notices = new Map<string, Notice>();
  readonly #budget: IncludeBudget;
  readonly #options: IncludeOptions;
  readonly #root: string | undefined;
  /** httpd: changes with each ServerRoot met. */
  #base: string;
  /** httpd's `Define`d values; undefined for one that depends on a condition. */
  readonly #defines = new Map<string, string | undefined>();

  constructor(options: IncludeOptions) {
    this.#options = options;
    this.#budget = (options.budget ?? new Budget()).forConfig();
    this.#root = options.root === undefined ? undefined : options.files.canonical(normalize(options.root));
    this.#base = normalize(options.base);
  }

  /** @param chain canonical paths of the file and those that include it */
  expand(file: ConfigFile, chain: readonly string[]): void {
    // An explicit stack, in the order of the text: levels of blocks and of includes multiply.
    const stack: { readonly block: Block; next: number }[] = [{ block: file.root, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const directive = top.block.directives[top.next++];
      if (!directive) {
        stack.pop();
        continue;
      }
      if (file.dialect === 'nginx' ? directive.key === 'include' : isInclude(directive)) {
        if (directive.args.length === 1) this.#include(directive, file, chain);
      } else if (file.dialect === 'apache') this.#remember(directive, stack.length === 1 && !directive.parent.owner);
      if (directive.block) stack.push({ block: directive.block, next: 0 });
    }
  }

  #include(directive: Directive, file: ConfigFile, chain: readonly string[]): void {
    const written = this.#substitute(directive.args[0]!.value, file);
    const path = written === undefined ? undefined : this.#locate(written);
    if (path === undefined) {
      fail(directive, 'unresolved', directive.args[0]!.value);
      return;
    }
    if (this.#isStopped(directive, path) || this.#isRefused(directive, path)) return;
    const targets = this.#targets(directive, file, path);
    const included: ConfigFile[] = [];
    directive.included = included;
    directive.parent.hasIncluded = true;
    for (const target of targets) this.#read(directive, target, chain, included);
  }

  /** The files that a path or pattern stands for, in the server's order. */
  #targets(directive: Directive, { dialect }: ConfigFile, path: string): readonly string[] {
    const { files } = this.#options;
    const isHttpd = dialect === 'apache';
    // To libconfig a star is a part of the name.
    if (dialect === 'sslh') return [path];
    let targets: readonly string[];
    if (hasWildcard(path)) {
      const found = files.glob(path);
      this.#isRefused(directive, path);
      targets = isHttpd ? found.toSorted(compareComponents) : found;
    } else targets = [path];
    if (isHttpd) targets = targets.flatMap((target) => this.#filesBelow(target, 0));
    if (targets.length === 0 && hasWildcard(path)) {
      const isFine = !isHttpd || directive.key === 'includeoptional';
      const missing = this.#missing(path);
      fail(directive, isFine && missing === 'not-found' ? 'no-match' : missing, path);
    }
    return targets;
  }

  /** httpd reads all files of a directory and of those in it, sorted by name. */
  #filesBelow(path: string, depth: number): readonly string[] {
    const { files } = this.#options;
    const result = files.read(path);
    if (result.ok || result.reason !== 'directory' || depth > limits.includeLevels) return [path];
    const names = [...files.glob(`${path}/*`), ...files.glob(`${path}/.*`)].filter(
      (entry) => !['.', '..'].includes(baseName(entry)),
    );
    return names.sort(compareText).flatMap((entry) => this.#filesBelow(entry, depth + 1));
  }

  #read(directive: Directive, path: string, chain: readonly string[], included: ConfigFile[]): void {
    const { files, parse } = this.#options;
    if (this.#isStopped(directive, path)) return;
    const canonical = files.canonical(path);
    if (this.#root !== undefined && !isWithin(this.#root, canonical)) return fail(directive, 'outside-root', path);
    if (chain.includes(canonical)) return fail(directive, 'cycle', path);
    if (chain.length > limits.includeLevels) return fail(directive, 'too-deep', path);
    if (this.#isRefused(directive, path)) return;
    const result = files.read(path);
    if (!result.ok) return this.#failToRead(directive, path, result.reason);
    if (!this.#budget.take(result.text.length)) {
      this.#isStopped(directive, path);
      return;
    }
    const file = parse(new SourceFile(path, result.text, result.outer), directive);
    if (file.unread !== undefined) return this.#leave(directive, 'limit', path, file.unread);
    if (this.#options.isForeign?.(file)) return fail(directive, 'foreign', path);
    included.push(file);
    this.expand(file, [...chain, canonical]);
  }

  #failToRead(directive: Directive, path: string, reason: Exclude<ReadResult, { ok: true }>['reason']): void {
    switch (reason) {
      case 'not-found': {
        const isOptional = directive.key === 'includeoptional';
        return fail(directive, isOptional ? 'no-match' : this.#missing(path), path);
      }
      case 'denied':
        return this.#leave(directive, 'denied', path, 'permission denied');
      case 'too-large':
        return this.#leave(directive, 'limit', path, 'it is too large for proxylint');
      case 'directory':
      case 'unreadable':
        return fail(directive, 'unreadable', path);
    }
  }

  #isStopped(directive: Directive, path: string): boolean {
    const { stop } = this.#budget;
    if (stop === undefined) return false;
    fail(directive, 'too-deep', path);
    this.#note('limit', '', `Includes were left out from "${path}" on: ${stop}.`, directive);
    return true;
  }

  /** Nothing is said of files that come with the server: what is in them is known. */
  #isRefused(directive: Directive, path: string): boolean {
    // The patterns of a run may be used up while one of them is read.
    const refusal = this.#options.files.refuse?.(path);
    if (refusal === undefined) return false;
    if (this.#root !== undefined) fail(directive, 'outside-root', path);
    else if (packaged.test(baseName(path))) fail(directive, 'unresolved', path);
    else this.#leave(directive, refusal.kind, path, refusal.why);
    return true;
  }

  /** Not read, which says nothing about the config. */
  #leave(directive: Directive, kind: Notice['kind'], path: string, why: string): void {
    fail(directive, 'unresolved', path);
    this.#note(kind, path, `"${path}" was not read: ${why}.`, directive);
  }

  #note(kind: Notice['kind'], key: string, message: string, directive: Directive): void {
    const id = `${kind} ${key}`;
    if (!this.notices.has(id))
      this.notices.set(id, { kind, path: directive.includeFailure!.path, message, place: headerOf(directive) });
  }

  /** A config that is linted away from its server lacks files that the server has: that is not its mistake. */
  #missing(path: string): Reason {
    const { base, isBaseKnown = true } = this.#options;
    if (this.#root !== undefined) return 'not-found';
    if (!isBaseKnown || !isWithin(base, this.#base)) return 'unresolved';
    if (installed.test(base)) return 'not-found';
    const isElsewhere = !isWithin(this.#base, path) && this.#base !== '.';
    const directory = this.#options.files.read(directoryOf(path));
    const hasDirectory = !directory.ok && directory.reason === 'directory';
    return isElsewhere || isAbsolute(path) !== isAbsolute(this.#base) || packaged.test(baseName(path)) || !hasDirectory
      ? 'unresolved'
      : 'not-found';
  }

  /** Undefined for a path that is not known before the server or a template engine runs. */
  #substitute(path: string, { dialect }: ConfigFile): string | undefined {
    const text =
      dialect !== 'apache'
        ? path
        : path.replace(/\$\{(\w+)\}/g, (whole, name: string) => this.#defines.get(name) ?? whole);
    return text.includes('$') || hasTemplateMark(text) ? undefined : text;
  }

  #locate(path: string): string {
    if (!isAbsolute(path)) return join(this.#base, path);
    return this.#root === undefined ? normalize(path) : join(this.#root, normalize(path).slice(1));
  }

  /** What httpd's later includes depend on. */
  #remember({ key, args }: Directive, isUnconditional: boolean): void {
    const [first, second] = args;
    if (key === 'define' && first) this.#defines.set(first.value, isUnconditional ? second?.value : undefined);
    else if (key === 'serverroot' && first && isUnconditional && !first.value.includes('$')) {
      this.#base = this.#locate(first.value);
    }
  }
}

function isInclude({ key }: Directive): boolean {
  return key === 'include' || key === 'includeoptional' || key === '@include';
}

/** The first failure counts: what the server stops at. */
function fail(directive: Directive, reason: Reason, path: string): void {
  directive.includeFailure ??= { reason, path };
}

/** httpd sorts the names in each directory, not whole paths. */
function compareComponents(a: string, b: string): number {
  return compareText(a.replaceAll('/', '\0'), b.replaceAll('/', '\0'));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
