/** What `test --init` takes to be on the disk, so that what depends on files can be told. */
import type { FileLookup } from '../model/trace.ts';
import type { Assumed } from './types.ts';

/** More are no help to a reader. */
const most = 2_000;

type Kind = 'file' | 'directory' | 'missing';

/** A way to answer for files, and whether that may be relied on from now on. */
export interface FileWorld {
  readonly files: FileLookup;
  /** False: it cannot be written down. */
  readonly keep: () => boolean;
}

export class AssumedFiles {
  readonly #kinds = new Map<string, Kind>();
  /** Of these an expectation leaves open whether they are there. */
  readonly #open = new Set<string>();

  /** As it is written; undefined: nothing is assumed. */
  get written(): Assumed | undefined {
    const of = (kind: Kind): readonly string[] =>
      [...this.#kinds].flatMap(([path, each]) => (each === kind ? [path] : [])).sort();
    const all = { files: of('file'), directories: of('directory'), missing: of('missing') };
    const named = Object.entries(all).filter(([, paths]) => paths.length > 0);
    return named.length > 0 ? Object.fromEntries(named) : undefined;
  }

  /** As far as was assumed for other requests; the rest is left open. */
  sofar(): FileWorld {
    const open: string[] = [];
    const files = (path: string): Kind | undefined => {
      const known = this.#known(path);
      if (known === undefined) open.push(path);
      return known;
    };
    const keep = (): boolean => {
      for (const path of open) this.#open.add(path);
      return true;
    };
    return { files, keep };
  }

  /** Nothing is there but what was assumed before. */
  empty(): FileWorld {
    return this.#world(() => 'missing');
  }

  /** All is there. */
  full(): FileWorld {
    return this.#world((path) => (path.endsWith('/') ? 'directory' : 'file'));
  }

  /** All is there, and is a directory. */
  folders(): FileWorld {
    return this.#world(() => 'directory');
  }

  #world(kindOf: (path: string) => Kind): FileWorld {
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

  /** A directory may be named with its slash. */
  #known(path: string): Kind | undefined {
    return this.#kinds.get(path) ?? this.#kinds.get(path.replace(/\/$/, ''));
  }
}

function isIn(paths: ReadonlySet<string>, path: string): boolean {
  return paths.has(path) || paths.has(path.replace(/\/$/, ''));
}
