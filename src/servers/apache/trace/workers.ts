/** Workers: the backends that ProxyPass and `<Proxy>` define, with their parameters (`ap_proxy_get_worker_ex`). */
import type { Level } from '../meaning/levels.ts';
import { readLevel } from '../meaning/levels.ts';
import { boundedRegex } from '../../../regex/match.ts';
import { levelsOf, textOf, type Setting } from './state.ts';
import { fixedBeginning, readAuthority, readUrl } from '../../../model/url.ts';
import { defaultPort } from '../../../model/scheme.ts';

export interface Worker {
  /** The URL with scheme and host in lower case, without the scheme's own port. */
  readonly name: string;
  /** Defined by a regular expression: `$1` in the URL matches anything. */
  readonly isPattern: boolean;
  readonly parameters: Map<string, string>;
}

/** In the order of the config; those of the main server first. */
export function workersOf(setting: Setting): Worker[] {
  const workers: Worker[] = [];
  for (const { level } of levelsOf(setting.base)) collect(setting, level, workers);
  return workers;
}

const workerKeys = new Set(['proxypass', 'proxypassmatch', 'proxy', 'proxyset']);

function collect(setting: Setting, level: Level, workers: Worker[]): void {
  for (const { directive } of level.items) {
    const { key } = directive;
    if (key === 'location' || key === 'locationmatch') {
      collect(setting, readLevel(directive.block, setting.environment, true), workers);
      continue;
    }
    if (!workerKeys.has(key)) continue;
    const words = directive.args.map((word) => textOf(setting, word));
    if (key === 'proxypass' || key === 'proxypassmatch') {
      const tilde = words[0] === '~';
      const inSection = ['location', 'locationmatch'].includes(directive.parent.owner?.key ?? '');
      const [url, ...options] = words.slice((tilde ? 1 : 0) + (inSection ? 0 : 1));
      if (url === undefined || url === '!') continue;
      define(workers, url, tilde || key === 'proxypassmatch', parameters(options));
    } else if (key === 'proxy') {
      const inner = readLevel(directive.block, setting.environment, true);
      const set = inner.named('proxyset');
      const options = [
        ...words.slice(1),
        ...set.flatMap(({ directive: each }) => each.args.map((word) => textOf(setting, word))),
      ];
      if (words[0] !== undefined && options.length > 0) applySet(workers, words[0], parameters(options));
    } else if (key === 'proxyset' && words[0]?.includes('://')) applySet(workers, words[0], parameters(words.slice(1)));
  }
}

export function parameters(options: readonly string[]): Map<string, string> {
  const pairs = options.filter((option) => option.includes('='));
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).toLowerCase(), pair.slice(at + 1)];
    }),
  );
}

/** A URL that a worker defined before covers shares that worker, and its parameters are ignored. */
function define(workers: Worker[], url: string, isPattern: boolean, options: Map<string, string>): void {
  const known = longest(
    workers.filter((worker) => worker.isPattern === isPattern),
    url,
  );
  if (!known) workers.push({ name: nameOf(url), isPattern, parameters: options });
}

/** ProxySet adds to the worker that there is. */
function applySet(workers: Worker[], url: string, options: ReadonlyMap<string, string>): void {
  const known = longest(workers, url);
  if (!known) workers.push({ name: nameOf(url), isPattern: false, parameters: new Map(options) });
  else for (const [key, value] of options) known.parameters.set(key, value);
}

function nameOf(text: string): string {
  const { scheme, authority } = readUrl(text);
  if (!scheme) return text;
  const name = scheme.text.toLowerCase();
  // A reference to a group of the pattern, and what follows it, stay.
  const fixed = fixedBeginning(authority);
  const { host, port } = readAuthority(fixed);
  const isUsual = port !== undefined && port.text === String(defaultPort(name));
  const rest = text.slice(authority.start + fixed.length);
  return `${name}://${host.text.toLowerCase()}${port && !isUsual ? `:${port.text}` : ''}${rest}`;
}

/** The worker with the longest name that the URL begins with. */
export function longest(workers: readonly Worker[], url: string): Worker | undefined {
  const { scheme, pathAndQuery } = readUrl(url);
  const authority = scheme ? url.slice(0, pathAndQuery.start) : '';
  const lower = authority.toLowerCase() + url.slice(authority.length);
  let best: Worker | undefined;
  for (const worker of workers) {
    const { name } = worker;
    if (name.length > url.length || name.length < authority.length || name.length <= (best?.name.length ?? 0)) continue;
    if (worker.isPattern ? matchesPattern(lower, name) : lower.startsWith(name)) best = worker;
  }
  return best;
}

/** `ap_proxy_strcmp_ematch`. */
function matchesPattern(url: string, name: string): boolean {
  const source = name
    .replace(/[\\^.*+?()[\]{}|/]/g, '\\$&')
    .replace(/\$\d/g, '[^]*')
    .replaceAll('$', '\\$');
  return boundedRegex(`^${source}`)?.test(url) ?? false;
}
