/** Reads files and names out of a git directory of apache/httpd, without a work tree. */
import { execFileSync } from 'node:child_process';

export class Upstream {
  readonly #gitDirectory: string;

  constructor(gitDirectory: string) {
    this.#gitDirectory = gitDirectory;
  }

  #git(...args: string[]): string {
    return execFileSync('git', [`--git-dir=${this.#gitDirectory}`, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  }

  files(ref: string, folder: string, ending: string): string[] {
    return this.#git('ls-tree', '-r', '--name-only', ref, folder)
      .split('\n')
      .filter((path) => path.endsWith(ending));
  }

  read(ref: string, path: string): string {
    return this.#git('show', `${ref}:${path}`);
  }

  /** Commit date, as `2024-10-18`. */
  date(ref: string): string {
    return this.#git('log', '-1', '--format=%cs', ref).trim();
  }

  /** Release tags of 2.2 and 2.4, oldest first. */
  releases(): string[] {
    return this.#git('tag', '--list', '2.2.*', '2.4.*', '--sort=version:refname')
      .split('\n')
      .filter((tag) => /^2\.[24]\.\d+$/.test(tag));
  }

  /** Lines of C files that match an extended regular expression, with their paths. */
  grep(ref: string, pattern: string): { readonly path: string; readonly text: string }[] {
    const lines = this.#git('grep', '-o', '-E', '-e', pattern, ref, '--', '*.c').split('\n').filter(Boolean);
    return lines.map((line) => {
      const [, path, text] = /^[^:]*:([^:]*):(.*)$/.exec(line) as unknown as [string, string, string];
      return { path, text };
    });
  }
}
