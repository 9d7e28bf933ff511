/** `try_files` and the content phase. */
import { headerOf } from '../../../syntax/tree.ts';
import type { Outcome } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import { fileName, foundUri, kindOf, triedName } from './file-name.ts';
import { otherOutcome, proxyOutcome } from './proxy.ts';
import { contentHandler } from './proxy-variables.ts';
import { step, type State } from './state.ts';
import { refuseUndecided } from './undecided.ts';
import { evaluate, hasReferences } from './values.ts';
import { isOff, isOn, settingOf } from '../meaning/settings.ts';

export type Redirection =
  | { readonly kind: 'status'; readonly status: number }
  /** `keepArgs`: the arguments stay, and a `?` in the URI is a plain character. */
  | { readonly kind: 'uri'; readonly uri: string; readonly keepArgs?: boolean }
  | { readonly kind: 'named'; readonly name: string };

/** Undefined: go on with the content phase. */
export function runTryFiles(state: State): Redirection | { readonly kind: 'closed' } | undefined {
  const [directive] = state.scope.own('try_files');
  if (!directive) return undefined;
  const words = directive.args.map((word) => word.value);
  for (const word of words.slice(0, -1)) {
    const wantsDirectory = word.endsWith('/');
    const written = wantsDirectory ? word.slice(0, -1) : word;
    const name = evaluate(state, written);
    const path = triedName(state, name, hasReferences(written));
    const kind = kindOf(state, path) ?? giveUp(`Whether try_files finds "${path}" is not known.`);
    if (kind === (wantsDirectory ? 'directory' : 'file')) {
      // The slash that asks for a directory does not become part of the URI.
      state.path = foundUri(state, name, hasReferences(written));
      step(state, `try_files finds ${path}.`, headerOf(directive));
      return undefined;
    }
  }
  const last = words.at(-1);
  if (last === undefined) return undefined;
  if (last.startsWith('=')) {
    step(state, `try_files finds nothing and answers ${last.slice(1)}.`, headerOf(directive));
    const status = Number(last.slice(1));
    // Nothing is written for a success without content.
    return status < 300 && status !== 201 && status !== 204 ? { kind: 'closed' } : { kind: 'status', status };
  }
  const fallback = evaluate(state, last);
  step(state, `try_files finds nothing and falls back to ${fallback}.`, headerOf(directive));
  return fallback.startsWith('@') ? { kind: 'named', name: fallback } : { kind: 'uri', uri: fallback };
}

/** The outcome, or the status that the content handler gives up with, or the URI that an index file redirects to. */
export type Content = Outcome | Redirection;

export function runContentPhase(state: State): Content {
  const { version } = state.setting;
  refuseUndecided(state, 'content');
  const handler = contentHandler(state);
  if (handler?.key === 'tunnel_pass') return { kind: 'status', status: 405 };
  if (handler?.key.endsWith('_pass')) {
    refuseUndecided(state, 'proxy');
    if (handler.key === 'memcached_pass' && state.method !== 'GET' && state.method !== 'HEAD')
      return { kind: 'status', status: 405 };
    if (handler.key !== 'proxy_pass') return otherOutcome(state, handler);
    return proxyOutcome(state, handler, version) ?? { kind: 'status', status: 500 };
  }
  if (state.handlerTaken) {
    step(state, 'An earlier "if" brought a pass directive, and a later one took its settings away: nginx answers 500.');
    return { kind: 'status', status: 500 };
  }
  if (handler) {
    step(state, `${handler.name.value} answers.`, headerOf(handler));
    return state.method === 'GET' || state.method === 'HEAD' ? plainAnswer : { kind: 'status', status: 405 };
  }
  return staticContent(state);
}

const plainAnswer: Outcome = { kind: 'response', status: 200, location: undefined, body: undefined };

function staticContent(state: State): Content {
  refuseDav(state);
  if (!['GET', 'HEAD', 'POST'].includes(state.method)) return { kind: 'status', status: 405 };
  refuseUndecided(state, 'file');
  const path = fileName(state, state.path);
  if (path === undefined) return { kind: 'status', status: 500 };
  if (state.path.endsWith('/')) return directoryContent(state, path.slice(0, -1));
  const found = kindOf(state, path);
  if (found === 'missing') return missing(state, path);
  if (found === 'directory') {
    state.locationHeader = `${state.path}/${state.args === '' ? '' : `?${state.args}`}`;
    return { kind: 'status', status: 301 };
  }
  if (found === 'file' && state.method === 'POST') return { kind: 'status', status: 405 };
  refuseConditions(state);
  return { kind: 'static', file: path, found, status: 200 };
}

/** The methods that WebDAV takes from the static content. */
function refuseDav(state: State): void {
  const lists = ['dav_methods', 'dav_ext_methods'].flatMap((key) => state.scope.effective(key).slice(-1));
  const methods = lists.flatMap(({ args }) => args.map(({ value }) => value.toUpperCase()));
  if (methods.includes(state.method)) giveUp(`What WebDAV answers to ${state.method} depends on the files.`);
}

/** With `gzip_static`, a compressed file may stand for one that is missing. */
function missing(state: State, path: string): Content {
  const compressed = settingOf(state.scope, 'gzip_static');
  if (compressed && !isOff(compressed) && kindOf(state, `${path}.gz`) !== 'missing')
    giveUp('Whether the compressed file is sent is not traced.');
  return { kind: 'status', status: 404 };
}

const conditions = /^(?:if-(?:match|none-match|modified-since|unmodified-since|range)|range)$/i;

/** What a file answers to conditions and ranges depends on its date and size, and links may be refused. */
function refuseConditions(state: State): void {
  const asked = state.setting.request.headers.find(([name]) => conditions.test(name));
  if (asked) giveUp(`What the file answers to the header ${asked[0]} is not traced.`);
  const links = settingOf(state.scope, 'disable_symlinks');
  if (links && !isOff(links)) giveUp('"disable_symlinks" may refuse the file.');
}

function directoryContent(state: State, directory: string): Content {
  // The lines of a level add up.
  const given = state.scope.effective('index').flatMap(({ args }) => args.map(({ value }) => value));
  for (const name of given.length > 0 ? given : ['index.html']) {
    const file = evaluate(state, name);
    if (file.startsWith('/')) return { kind: 'uri', uri: file, keepArgs: true };
    const found = kindOf(state, `${directory}/${file}`);
    if (found === undefined) return { kind: 'static', file: `${directory}/${file}`, found, status: 200 };
    // A directory is redirected to as a file is.
    if (found !== 'missing') return { kind: 'uri', uri: state.path + file, keepArgs: true };
    // Where one is missing, the directory is looked at before the next.
    const kind = kindOf(state, directory);
    if (kind === 'missing' || kind === 'file') return { kind: 'status', status: 404 };
  }
  const kind = kindOf(state, directory);
  if (kind === undefined) return { kind: 'static', file: directory, found: undefined, status: 200 };
  if (kind !== 'directory') return { kind: 'status', status: 404 };
  const listing = isOn(state.scope, 'autoindex');
  return listing && state.method !== 'POST' ? plainAnswer : { kind: 'status', status: 403 };
}
