import type { Config } from '../../syntax/config.ts';
import type { Dialect, Directive } from '../../syntax/tree.ts';
import { children, directivesByKey } from '../../syntax/walk.ts';
import { settingsOf } from '../../servers/settings.ts';

export interface ProcessLimit {
  /** The directive that sets it; undefined: the default. */
  readonly limit: Directive | undefined;
  /** Processes at most. */
  readonly allowed: number;
  /** Threads a process; 1 with prefork. */
  readonly threads: number;
}

/** The processes that httpd may have at most, where "MaxRequestWorkers" needs more of them. */
export function processLimit(config: Config, workers: Directive): ProcessLimit | undefined {
  const model = processModel(config, workers);
  if (!model) return undefined;
  const setting = (key: string): Directive | undefined =>
    children(workers.parent).findLast((directive) => directive.key === key);
  const limit = setting('serverlimit');
  const perProcess = setting('threadsperchild');
  if (
    (!limit && isElsewhere(config, 'serverlimit')) ||
    (model === 'threads' && !perProcess && isElsewhere(config, 'threadsperchild'))
  )
    return undefined;
  const asked = model === 'prefork' ? 1 : perProcess ? countOf('apache', perProcess) : defaultThreads;
  const threads = (perProcess && threadLimit(config, perProcess)?.allowed) ?? asked;
  const allowed = limit ? countOf('apache', limit) : model === 'prefork' ? defaultProcesses : defaultThreadedProcesses;
  return Math.floor(countOf('apache', workers) / threads) > allowed ? { limit, allowed, threads } : undefined;
}

/** The threads that a process may have at most, where "ThreadsPerChild" asks for more. */
export function threadLimit(config: Config, threads: Directive): Omit<ProcessLimit, 'threads'> | undefined {
  const limit = children(threads.parent).findLast(({ key }) => key === 'threadlimit');
  if ((!limit && isElsewhere(config, 'threadlimit')) || !processModel(config, threads)) return undefined;
  const allowed = limit ? countOf('apache', limit) : defaultThreadLimit;
  return countOf('apache', threads) > allowed ? { limit, allowed } : undefined;
}

/** Whether the setting is for processes of one thread each, or of several; undefined where that is not told. */
function processModel(config: Config, workers: Directive): 'prefork' | 'threads' | undefined {
  const section = workers.parent.owner;
  if (section?.key === 'ifmodule') return modelOf(section.args[0]?.value ?? '');
  if (section) return undefined;
  const loaded = (directivesByKey(config.file.root).get('loadmodule') ?? []).map(({ args }) =>
    modelOf(args[0]?.value ?? ''),
  );
  const model = loaded.find((each) => each !== undefined);
  if (model === undefined && isForWindows(config)) return undefined;
  // prefork does not know this directive.
  return children(workers.parent).some(({ key }) => key === 'threadsperchild') ? 'threads' : model;
}

/** Windows has an MPM of its own, with other limits. */
function isForWindows(config: Config): boolean {
  const byKey = directivesByKey(config.file.root);
  return ['serverroot', 'documentroot', 'directory', 'loadmodule', 'define'].some((key) =>
    byKey
      .get(key)
      ?.slice(0, 20)
      .some(({ args }) => args.some(({ value }) => /^[A-Za-z]:[\\/]/.test(value))),
  );
}

/** Of `mpm_event_module`, `mpm_worker.c` or `prefork.c`. */
function modelOf(module: string): 'prefork' | 'threads' | undefined {
  const name = /^(?:mod_)?(?:mpm_)?(prefork|event|worker)(?:_module|\.c)?$/.exec(module)?.[1];
  if (name === undefined) return undefined;
  return name === 'prefork' ? 'prefork' : 'threads';
}

function isElsewhere(config: Config, key: string): boolean {
  return directivesByKey(config.file.root).has(key);
}

/** Defaults of `ServerLimit` and `ThreadsPerChild`. */
const defaultProcesses = 256;
const defaultThreadedProcesses = 16;
const defaultThreads = 25;
/** Of `ThreadLimit`. */
const defaultThreadLimit = 64;

/** NaN for what is no number; no comparison with it holds. */
export function countOf(dialect: Dialect, directive: Directive): number {
  return settingsOf(dialect).numberOf(directive) ?? Number.NaN;
}
