/** Reads files out of a git directory of nginx/nginx, without a work tree. */
import { execFileSync } from 'node:child_process';

export interface Blob {
  readonly path: string;
  readonly sha: string;
}

export class Repository {
  readonly #gitDirectory: string;

  constructor(gitDirectory: string) {
    this.#gitDirectory = gitDirectory;
  }

  #git(args: readonly string[], input?: string): Buffer {
    return execFileSync('git', [`--git-dir=${this.#gitDirectory}`, ...args], { input, maxBuffer: 1 << 30 });
  }

  /** Release tags from 1.0.0 on, oldest first: `1.0.0`. */
  releases(): string[] {
    return this.#git(['tag', '--list', 'release-*', '--sort=version:refname'])
      .toString()
      .split('\n')
      .filter((tag) => /^release-[1-9]\d*\.\d+\.\d+$/.test(tag))
      .map((tag) => tag.slice('release-'.length));
  }

  /** C files of the servers, by path. */
  sources(revision: string): Blob[] {
    return this.#git(['ls-tree', '-r', revision, '--', 'src'])
      .toString()
      .split('\n')
      .filter((line) => /\.(?:c|h|cpp|xs)$/.test(line))
      .map((line) => ({ sha: line.slice(12, 52), path: line.slice(line.indexOf('\t') + 1) }));
  }

  /** The texts of blobs, in their order. */
  read(shas: readonly string[]): string[] {
    if (shas.length === 0) return [];
    const output = this.#git(['cat-file', '--batch'], `${shas.join('\n')}\n`);
    let at = 0;
    return shas.map(() => {
      const lineEnd = output.indexOf(10, at);
      const size = Number(output.toString('latin1', at, lineEnd).split(' ')[2]);
      at = lineEnd + 1 + size + 1;
      return output.toString('latin1', lineEnd + 1, lineEnd + 1 + size);
    });
  }

  /** The version that a revision is on its way to. */
  version(revision: string): string {
    const header = this.#git(['show', `${revision}:src/core/nginx.h`]).toString();
    return /NGINX_VERSION\s+"([\d.]+)"/.exec(header)![1]!;
  }

  /** Abbreviated commit and its date: `3f6f7824`, `2026-08-21`. */
  commit(revision: string): readonly [commit: string, date: string] {
    return this.#git(['log', '-1', '--abbrev=8', '--format=%h %cs', revision]).toString().trim().split(' ') as [
      string,
      string,
    ];
  }
}
