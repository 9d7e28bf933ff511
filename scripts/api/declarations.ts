/** Finds declarations in emitted `.d.ts` files. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A declaration at the top level of a file. */
export interface Declaration {
  readonly name: string;
  /** Below the folder of the types. */
  readonly file: string;
  /** With its comment, without `export` and `declare`. */
  readonly text: string;
}

interface Reference {
  readonly file: string;
  readonly name: string;
}

interface Scope {
  readonly declared: ReadonlyMap<string, Declaration>;
  /** Imported names, and what is exported from elsewhere. */
  readonly elsewhere: ReadonlyMap<string, Reference>;
  readonly exported: readonly string[];
  readonly all: readonly string[];
}

export class Declarations {
  readonly #folder: string;
  readonly #scopes = new Map<string, Scope>();

  /** @param folder of the emitted types */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The names that a file exports. */
  exportsOf(file: string): string[] {
    const { exported, all } = this.#scope(file);
    return [...exported, ...all.flatMap((other) => this.exportsOf(other))];
  }

  /** Undefined for what comes from node or a library. */
  find(file: string, name: string): Declaration | undefined {
    const { declared, elsewhere, all } = this.#scope(file);
    const own = declared.get(name);
    if (own) return own;
    const other = elsewhere.get(name);
    if (other) return this.find(other.file, other.name);
    for (const each of all) {
      const found = this.find(each, name);
      if (found) return found;
    }
    return undefined;
  }

  /** What a declaration names, itself left out. */
  namedBy({ file, name, text }: Declaration): Declaration[] {
    const code = text.replaceAll(/\/\*[^]*?\*\//g, '');
    const names = new Set(code.match(/[A-Za-z_]\w*/g));
    names.delete(name);
    return [...names].flatMap((each) => this.find(file, each) ?? []);
  }

  #scope(file: string): Scope {
    let scope = this.#scopes.get(file);
    if (!scope) this.#scopes.set(file, (scope = this.#read(file)));
    return scope;
  }

  #read(file: string): Scope {
    const path = join(this.#folder, file);
    const text = readFileSync(path, 'utf8');
    const { program, comments, errors } = parseSync(path, text);
    if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
    const declared = new Map<string, Declaration>();
    const elsewhere = new Map<string, Reference>();
    const exported: string[] = [];
    const all: string[] = [];
    for (const node of program.body) {
      if (node.type === 'ImportDeclaration') {
        for (const specifier of node.specifiers) {
          const name = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : 'default';
          this.#refer(elsewhere, specifier.local.name, file, node.source.value, name);
        }
      } else if (node.type === 'ExportAllDeclaration') {
        const other = this.#resolve(file, node.source.value);
        if (other !== undefined) all.push(other);
      } else if (node.type === 'ExportNamedDeclaration' && !node.declaration) {
        for (const { local, exported: as } of node.specifiers) {
          exported.push(nameOf(as));
          if (node.source) this.#refer(elsewhere, nameOf(as), file, node.source.value, nameOf(local));
        }
      } else {
        const before = comments.findLast(({ end }) => end <= node.start && text.slice(end, node.start).trim() === '');
        const inner = node.type === 'ExportNamedDeclaration' ? node.declaration! : node;
        const comment = before ? `${text.slice(before.start, before.end)}\n` : '';
        const code = text.slice(inner.start, inner.end).replace(/^declare /, '');
        for (const name of namesOf(inner)) {
          const earlier = declared.get(name)?.text;
          declared.set(name, { name, file, text: `${earlier === undefined ? '' : `${earlier}\n`}${comment}${code}` });
          if (node !== inner) exported.push(name);
        }
      }
    }
    return { declared, elsewhere, exported: [...new Set(exported)], all };
  }

  #refer(into: Map<string, Reference>, as: string, from: string, source: string, name: string): void {
    const file = this.#resolve(from, source);
    if (file !== undefined) into.set(as, { file, name });
  }

  /** Undefined for modules of node and libraries. */
  #resolve(from: string, source: string): string | undefined {
    if (!source.startsWith('.')) return undefined;
    const path = join(this.#folder, from, '..', source.replace(/\.js$/, '.d.ts').replace(/(?<!\.d)\.ts$/, '.d.ts'));
    return relative(this.#folder, path);
  }
}

type NameNode = { readonly type: string; readonly name?: string; readonly value?: unknown };

function nameOf(node: NameNode): string {
  return node.name ?? String(node.value);
}

/** The names that a statement declares. */
function namesOf(node: object): string[] {
  const { id, declarations } = node as { id?: NameNode | null; declarations?: readonly { id: NameNode }[] };
  if (declarations) return declarations.map((each) => nameOf(each.id));
  return id ? [nameOf(id)] : [];
}
