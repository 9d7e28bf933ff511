/** Which directives of httpd give an environment variable its value, and when: `SetEnv` runs after access control and rewriting. */
import type { Config } from '../../../syntax/config.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { walk } from '../../../syntax/walk.ts';
import { flagList } from './rewrite.ts';

export interface EnvironmentSetters {
  /** By name: those of `SetEnv` and `PassEnv`, which run as the last before the answer is made. */
  readonly late: ReadonlyMap<string, readonly Directive[]>;
  /** Names that something sets earlier: `SetEnvIf`, `BrowserMatch`, a rule with `[E=...]`. */
  readonly early: ReadonlySet<string>;
  /** True where an include could not be read, so that more may be set. */
  readonly isOpen: boolean;
}

const read = new WeakMap<Config, EnvironmentSetters>();

export function environmentSetters(config: Config): EnvironmentSetters {
  let setters = read.get(config);
  if (!setters) read.set(config, (setters = collect(config)));
  return setters;
}

function collect(config: Config): EnvironmentSetters {
  const late = new Map<string, Directive[]>();
  const early = new Set<string>();
  let isOpen = false;
  walk(config.file.root, (directive) => {
    const { key, args, includeFailure } = directive;
    isOpen ||= includeFailure !== undefined && includeFailure.reason !== 'no-match';
    for (const name of lateNames(
      key,
      args.map(({ value }) => value),
    )) {
      const list = late.get(name);
      if (list) list.push(directive);
      else late.set(name, [directive]);
    }
    for (const name of earlyNames(directive)) early.add(name);
  });
  return { late, early, isOpen };
}

function lateNames(key: string, words: readonly string[]): readonly string[] {
  if (key === 'setenv') return words.slice(0, 1);
  return key === 'passenv' ? words : [];
}

/** `SetEnvIf attribute regex name[=value] ...`, `BrowserMatch regex name[=value] ...`, `RewriteRule ... [E=name:value]`. */
function earlyNames({ key, args }: Directive): string[] {
  if (key === 'rewriterule') {
    const flags = flagList(args[2]?.value ?? '');
    return flags.flatMap(([name, value]) => (name === 'e' ? value.replace(/^!/, '').replace(/:.*$/s, '') : []));
  }
  const from = /^setenvif(?:nocase|expr)?$/.test(key)
    ? key === 'setenvifexpr'
      ? 1
      : 2
    : key.startsWith('browsermatch')
      ? 1
      : 0;
  return from === 0 ? [] : args.slice(from).map(({ value }) => value.replace(/^!/, '').replace(/=.*$/s, ''));
}
