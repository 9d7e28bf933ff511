/** From URI to file name: `ngx_http_map_uri_to_path` (src/http/ngx_http_core_module.c). */
import { toBytes } from '../../../text/bytes.ts';
import type { Scope } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import type { FileKind } from '../../../model/trace.ts';
import type { State } from './state.ts';
import { evaluate } from './values.ts';

interface Root {
  /** Evaluated. */
  readonly path: string;
  /** Bytes of the URI that an alias takes the place of; `all`: the whole of it. */
  readonly replaces: number | 'all';
}

/** Undefined: nginx answers 500, as the URI no longer is that of the location. */
export function fileName(state: State, uri: string): string | undefined {
  const root = rootOf(state);
  if (root.replaces !== 0 && !state.locationValid) return undefined;
  return root.replaces === 'all' ? root.path : root.path + uri.slice(root.replaces);
}

/** The name that `try_files` looks for: of an alias the location's own prefix is taken off. */
export function triedName(state: State, name: string, isDynamic: boolean): string {
  const root = rootOf(state);
  if (root.replaces === 'all') return giveUp('"try_files" with an "alias" of a pattern is not traced.');
  const prefix = state.path.slice(0, root.replaces);
  return root.path + (isDynamic && name.startsWith(prefix) ? name.slice(prefix.length) : name);
}

/** The URI of a name that `try_files` found. */
export function foundUri(state: State, name: string, isDynamic: boolean): string {
  const { replaces } = rootOf(state);
  const prefix = replaces === 'all' ? '' : state.path.slice(0, replaces);
  return isDynamic && name.startsWith(prefix) ? name : prefix + name;
}

export function rootOf(state: State): Root {
  const found = rootDirective(state.scope) ?? giveUp('The root directory is the built-in one.');
  const written = found.directive.args[0]?.value ?? '';
  if (found.directive.key === 'root') return { path: evaluate(state, written.replace(/\/$/, '')), replaces: 0 };
  const path = evaluate(state, written);
  const location = found.scope.directive;
  const words = location?.args.map(({ value }) => value) ?? [];
  if (words[0]?.startsWith('~')) return { path, replaces: 'all' };
  const name = words.length > 1 ? words[1]! : (words[0] ?? '').replace(/^(?:=|\^~)/, '');
  return { path, replaces: toBytes(name).length };
}

function rootDirective(from: Scope): { readonly directive: Directive; readonly scope: Scope } | undefined {
  for (let scope: Scope | undefined = from; scope; scope = scope.outer) {
    const directive = scope.own('root').at(-1) ?? scope.own('alias').at(-1);
    if (directive) return { directive, scope };
  }
  return undefined;
}

/** What is at the path; a relative one is below a directory that is not known. */
export function kindOf(state: State, path: string): FileKind {
  if (path.startsWith('/')) return state.setting.files(path);
  const note = `"${path}" is below the prefix of nginx, which is not known.`;
  if (!state.unknowns.includes(note)) state.unknowns.push(note);
  return undefined;
}
