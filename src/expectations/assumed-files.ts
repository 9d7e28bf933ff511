/** What `test --init` takes to be on the disk, so that what depends on files can be told. */
import type { FileLookup } from '../model/trace.ts';
import { foundFiles } from '../requests/found-files.ts';
import type { Config } from '../syntax/config.ts';
import type { Assumed } from './types.ts';

/** More are no help to a reader, of all and of one test. */
const most = 2_000;
const mostOfTest = 20;

type Kind = 'file' | 'directory' | 'missing';

/** What is taken of all paths: nothing is there, all is, all is and is a directory. */
export type WorldKind = 'empty' | 'full' | 'folders';

const kindsOf: Readonly<Record<WorldKind, (config: Config, target: string) => (path: string) => Kind>> = {
  empty: () => () => 'missing',
  full: foundFiles,
  folders: () => () => 'directory',
};

/** A way to answer for files, and whether that may be relied on from now on. */
export interface FileWorld {
  readonly files: FileLookup;
  /** False: it cannot be written down. */
  readonly keep: () => boolean;
}

/** A world for one test. */
export interface OwnWorld {
  readonly files: FileLookup;
  /** What the test was asked for, as it is written; undefined: it cannot be, or nothing was. */
  readonly written: () => Assumed | undefined;
}

export class AssumedFiles {
  readonly #kinds = new Map<string, Kind>();
  /** Of these an expectation leaves open whether they are there. */
  readonly #open = new Set<string>();

  /** As it is written; undefined: nothing is assumed. */
  get written(): Assumed | undefined {
    return written(this.#kinds);
  }

  /** As far as was assumed for other requests; the rest is left open. */
  sofar(): FileWorld & { readonly isUsed: () => boolean } {
    const open: string[] = [];
    let isUsed = false;
    const files = (path: string): Kind | undefined => {
      const known = this.#known(path);
      if (known === undefined) open.push(path);
      else isUsed = true;
      return known;
    };
    const keep = (): boolean => {
      for (const path of open) this.#open.add(path);
      return true;
    };
    return { files, keep, isUsed: () => isUsed };
  }

  /** But for what was assumed before. */
  shared(world: WorldKind, config: Config, target: string): FileWorld {
    const kindOf = kindsOf[world](config, target);
    const assumed = new Map<string, Kind>();
    const files = (path: string): Kind | undefined => {
      const known = this.#known(path);
      if (known !== undefined || isIn(this.#open, path)) return known;
      const kind = kindOf(path);
      assumed.set(path, kind);
      return kind;
    };
    const keep = (): boolean => {
      const isWritable = [...assumed.keys()].every((path) => path.startsWith('/'));
      if (!isWritable || this.#kinds.size + assumed.size > most) return false;
      for (const [path, kind] of assumed) this.#kinds.set(path, kind);
      return true;
    };
    return { files, keep };
  }

  /** Whatever was assumed before. */
  own(world: WorldKind, config: Config, target: string): OwnWorld {
    const kindOf = kindsOf[world](config, target);
    const assumed = new Map<string, Kind>();
    const files = (path: string): Kind => {
      const kind = kindOf(path);
      assumed.set(path, kind);
      return kind;
    };
    const isWritable = (): boolean =>
      assumed.size <= mostOfTest && [...assumed.keys()].every((path) => path.startsWith('/'));
    return { files, written: () => (isWritable() ? written(assumed) : undefined) };
  }

  /** A directory may be named with its slash. */
  #known(path: string): Kind | undefined {
    return this.#kinds.get(path) ?? this.#kinds.get(path.replace(/\/$/, ''));
  }
}

function written(kinds: ReadonlyMap<string, Kind>): Assumed | undefined {
  const of = (kind: Kind): readonly string[] =>
    [...kinds].flatMap(([path, each]) => (each === kind ? [path] : [])).sort();
  const all = { files: of('file'), directories: of('directory'), missing: of('missing') };
  const named = Object.entries(all).filter(([, paths]) => paths.length > 0);
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

function isIn(paths: ReadonlySet<string>, path: string): boolean {
  return paths.has(path) || paths.has(path.replace(/\/$/, ''));
}
