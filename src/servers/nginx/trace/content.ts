/** `try_files` and the content phase. */
import { headerOf } from '../../../syntax/tree.ts';
import type { Version } from '../../../model/versions.ts';
import type { Outcome } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import { otherPass, proxyOutcome } from './proxy.ts';
import { passDirective } from './proxy-variables.ts';
import { step, type State } from './state.ts';
import { evaluate } from './values.ts';

export type Redirection =
  | { readonly kind: 'status'; readonly status: number }
  /** `keepArgs`: the arguments stay, and a `?` in the URI is a plain character. */
  | { readonly kind: 'uri'; readonly uri: string; readonly keepArgs?: boolean }
  | { readonly kind: 'named'; readonly name: string };

/** Undefined: go on with the content phase. */
export function runTryFiles(state: State): Redirection | undefined {
  const [directive] = state.scope.own('try_files');
  if (!directive) return undefined;
  const words = directive.args.map((word) => word.value);
  for (const word of words.slice(0, -1)) {
    const wantsDirectory = word.endsWith('/');
    const path = fileName(state, evaluate(state, wantsDirectory ? word.slice(0, -1) : word));
    const kind = state.setting.files(path) ?? giveUp(`Whether try_files finds "${path}" is not known.`);
    if (kind === (wantsDirectory ? 'directory' : 'file')) {
      // The slash that asks for a directory does not become part of the URI.
      state.path = evaluate(state, wantsDirectory ? word.slice(0, -1) : word);
      step(state, `try_files finds ${path}.`, headerOf(directive));
      return undefined;
    }
  }
  const last = words.at(-1)!;
  if (last.startsWith('=')) {
    step(state, `try_files finds nothing and answers ${last.slice(1)}.`, headerOf(directive));
    return { kind: 'status', status: Number(last.slice(1)) };
  }
  const fallback = evaluate(state, last);
  step(state, `try_files finds nothing and falls back to ${fallback}.`, headerOf(directive));
  return fallback.startsWith('@') ? { kind: 'named', name: fallback } : { kind: 'uri', uri: fallback };
}

function fileName(state: State, path: string): string {
  const [alias] = state.scope.effective('alias');
  if (alias) giveUp('"alias" decides the file name; it is not traced.');
  const root = state.scope.effective('root').at(-1) ?? giveUp('The root directory is the built-in one.');
  return evaluate(state, root.args[0]?.value ?? '') + path;
}

/** The outcome, or the status that the content handler gives up with, or the URI that an index file redirects to. */
export type Content = Outcome | Redirection;

export function runContentPhase(state: State, version: Version): Content {
  const pass = passDirective(state, 'proxy_pass');
  if (pass) {
    const outcome = proxyOutcome(state, pass, version);
    return outcome ?? { kind: 'status', status: 500 };
  }
  const other = otherPass(state);
  if (other) return other;
  if (state.handlerTaken) {
    step(state, 'An earlier "if" brought a pass directive, and a later one took its settings away: nginx answers 500.');
    return { kind: 'status', status: 500 };
  }
  for (const key of [
    'stub_status',
    'empty_gif',
    'flv',
    'mp4',
    'perl',
    'js_content',
    'content_by_lua_block',
    'api',
    'hls',
  ]) {
    const [handler] = state.scope.own(key);
    if (handler) giveUp(`"${key}" produces the answer.`);
  }
  return staticContent(state);
}

function staticContent(state: State): Content {
  if (!['GET', 'HEAD', 'POST'].includes(state.method)) return { kind: 'status', status: 405 };
  const path = fileName(state, state.path);
  if (state.path.endsWith('/')) return directoryContent(state, path.slice(0, -1));
  const found = state.setting.files(path);
  if (found === 'missing') return { kind: 'status', status: 404 };
  if (found === 'directory') {
    state.locationHeader = `${state.path}/${state.args === '' ? '' : `?${state.args}`}`;
    return { kind: 'status', status: 301 };
  }
  if (found === 'file' && state.method === 'POST') return { kind: 'status', status: 405 };
  return { kind: 'static', file: path, found, status: 200 };
}

function directoryContent(state: State, directory: string): Content {
  const index = state.scope
    .effective('index')
    .at(-1)
    ?.args.map((word) => word.value) ?? ['index.html'];
  for (const name of index) {
    const file = evaluate(state, name);
    if (file.startsWith('/')) return { kind: 'uri', uri: file, keepArgs: true };
    const found = state.setting.files(`${directory}/${file}`);
    if (found === undefined) return { kind: 'static', file: `${directory}/${file}`, found, status: 200 };
    if (found === 'file') return { kind: 'uri', uri: state.path + file, keepArgs: true };
  }
  const kind = state.setting.files(directory);
  if (kind === undefined) return { kind: 'static', file: directory, found: undefined, status: 200 };
  if (kind !== 'directory') return { kind: 'status', status: 404 };
  const listing = state.scope.effective('autoindex').at(-1)?.args[0]?.value.toLowerCase() === 'on';
  return listing
    ? { kind: 'response', status: 200, location: undefined, body: undefined }
    : { kind: 'status', status: 403 };
}
