/** Puts included files where they are included, as the server does whose rules are given. */
import { Budget, limits, type IncludeBudget, type Notice } from '../text/budget.ts';
import type { FileAccess, ReadResult } from '../text/files.ts';
import { hasWildcard } from '../text/glob.ts';
import { baseName, compareText, directoryOf, isAbsolute, isWithin, join, normalize } from '../text/paths.ts';
import { SourceFile } from '../text/source.ts';
import { type Block, type ConfigFile, type Directive, type IncludeFailure, type Parse, headerOf } from './tree.ts';
import type { IncludeMemory, IncludeRules } from './include-rules.ts';
import { walk } from './walk.ts';
import { hasTemplateMark } from '../text/template/placeholder.ts';

export interface IncludeOptions {
  readonly rules: IncludeRules;
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

/**
 * Sets `included` and `includeFailure` of each include directive in a file and in what it includes. A file is parsed
 * anew at each place of inclusion. Never throws if `files` does not. Gives what may not be read here, each path once.
 */
export function expandIncludes(file: ConfigFile, options: IncludeOptions): readonly Notice[] {
  const expansion = new Expansion(options);
  expansion.expand(file, [options.files.canonical(file.source.path)]);
  expansion.settle();
  return [...expansion.notices.values()];
}

/** The same where nothing can be read: each include is one of which nothing is known. */
export function leaveIncludes(file: ConfigFile, { isInclude }: IncludeRules): void {
  walk(file.root, (directive) => {
    if (isInclude(directive) && directive.args.length === 1) fail(directive, 'unresolved', directive.args[0]!.value);
  });
}

class Expansion {
  /** By what keeps from reading, and what is not read. */
  readonly notices = new Map<string, Notice>();
  readonly #budget: IncludeBudget;
  readonly #options: IncludeOptions;
  readonly #root: string | undefined;
  readonly #rules: IncludeRules;
  readonly #memory: IncludeMemory | undefined;
  #base: string;
  /** Includes whose file is missing, as far as the folder tells. */
  readonly #missed: Directive[] = [];
  #hasRead = false;

  constructor(options: IncludeOptions) {
    this.#options = options;
    this.#rules = options.rules;
    this.#memory = options.rules.begin?.();
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
      if (this.#rules.isInclude(directive)) {
        if (directive.args.length === 1) this.#include(directive, chain);
      } else {
        const base = this.#memory?.note(directive, stack.length === 1 && !directive.parent.owner);
        if (base !== undefined) this.#base = this.#locate(base);
      }
      if (directive.block) stack.push({ block: directive.block, next: 0 });
    }
  }

  /** Where no file of a config that comes with others is there, it lies apart from them, and nothing is missing from it. */
  settle(): void {
    if (this.#hasRead || !this.#rules.packaged) return;
    for (const directive of this.#missed) {
      const failure = directive.includeFailure;
      if (failure?.reason === 'not-found') directive.includeFailure = { ...failure, reason: 'unresolved' };
    }
  }

  #include(directive: Directive, chain: readonly string[]): void {
    const written = this.#substitute(directive.args[0]!.value);
    const path = written === undefined ? undefined : this.#locate(written);
    if (path === undefined) {
      fail(directive, 'unresolved', directive.args[0]!.value);
      return;
    }
    if (this.#isStopped(directive, path) || this.#isRefused(directive, path)) return;
    const targets = this.#targets(directive, path);
    const included: ConfigFile[] = [];
    directive.included = included;
    directive.parent.hasIncluded = true;
    for (const target of targets) this.#read(directive, target, chain, included);
  }

  /** The files that a path or pattern stands for, in the server's order. */
  #targets(directive: Directive, path: string): readonly string[] {
    const { compare, hasFolders, hasPatterns, mayBeMissing } = this.#rules;
    const isPattern = hasPatterns && hasWildcard(path);
    let targets: readonly string[] = [path];
    if (isPattern) {
      targets = this.#options.files.glob(path);
      this.#isRefused(directive, path);
      if (compare) targets = targets.toSorted(compare);
    }
    if (hasFolders) targets = targets.flatMap((target) => this.#filesBelow(target, 0));
    if (targets.length === 0 && isPattern) {
      const missing = this.#missing(directive, path);
      fail(directive, mayBeMissing(directive, true) && missing === 'not-found' ? 'no-match' : missing, path);
    }
    return targets;
  }

  /** All files of a folder and of those in it, sorted by name. */
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
    if (!this.#budget.take(canonical, result.text.length)) {
      this.#isStopped(directive, path);
      return;
    }
    const file = parse(new SourceFile(path, result.text, result.outer), directive);
    if (file.unread !== undefined) return this.#leave(directive, 'limit', path, file.unread);
    if (this.#options.isForeign?.(file)) return fail(directive, 'foreign', path);
    included.push(file);
    this.#hasRead = true;
    this.expand(file, [...chain, canonical]);
  }

  #failToRead(directive: Directive, path: string, reason: Exclude<ReadResult, { ok: true }>['reason']): void {
    switch (reason) {
      case 'not-found': {
        const mayBeMissing = this.#rules.mayBeMissing(directive, false);
        return fail(directive, mayBeMissing ? 'no-match' : this.#missing(directive, path), path);
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
    else if (this.#isPackaged(path)) fail(directive, 'unresolved', path);
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
  #missing(directive: Directive, path: string): Reason {
    const { base, isBaseKnown = true } = this.#options;
    if (this.#root !== undefined) return 'not-found';
    if (!isBaseKnown || !isWithin(base, this.#base)) return 'unresolved';
    if (this.#rules.installed.test(base)) return 'not-found';
    const isElsewhere = !isWithin(this.#base, path) && this.#base !== '.';
    const directory = this.#options.files.read(directoryOf(path));
    const hasDirectory = !directory.ok && directory.reason === 'directory';
    if (isElsewhere || isAbsolute(path) !== isAbsolute(this.#base) || this.#isPackaged(path) || !hasDirectory)
      return 'unresolved';
    // Another folder that is there says that the rest is, too.
    if (normalize(directoryOf(path)) === this.#base) this.#missed.push(directive);
    return 'not-found';
  }

  #isPackaged(path: string): boolean {
    return this.#rules.packaged?.test(baseName(path)) ?? false;
  }

  /** Undefined for a path that is not known before the server or a template engine runs. */
  #substitute(path: string): string | undefined {
    const text = this.#memory?.substitute(path) ?? path;
    return text.includes('$') || hasTemplateMark(text) ? undefined : text;
  }

  #locate(path: string): string {
    if (!isAbsolute(path)) return join(this.#base, path);
    return this.#root === undefined ? normalize(path) : join(this.#root, normalize(path).slice(1));
  }
}

/** The first failure counts: what the server stops at. */
function fail(directive: Directive, reason: Reason, path: string): void {
  directive.includeFailure ??= { reason, path };
}
