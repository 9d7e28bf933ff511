/** `ngx_core_module` and its like: what stands outside of `http`, `stream` and `mail`. */
import { parseNumber } from '../../meaning/values.ts';
import { levelOf, ownSettings } from '../in-force.ts';
import { firstOf } from '../named-once.ts';
import { checkParameters, count, positive } from '../parameters.ts';
import { firstArgument, refuseForm, refuseLack } from '../refuse.ts';
import type { ModuleChecks, NginxCheck } from '../run.ts';
import { trustedNetworks } from './common/networks.ts';
import { errorLog as errorLogCheck } from './common/error-log.ts';

/** `ngx_set_cpu_affinity`: bit masks, or `auto` with a mask of what it may use. */
const cpuAffinity: NginxCheck = (directive, run) => {
  const [first, ...rest] = directive.args;
  const isAuto = first!.value === 'auto';
  if (isAuto && rest.length > 1) refuseForm(run, directive, rest[1]!, 'possible: one mask may follow "auto"');
  for (const word of isAuto ? rest : directive.args) {
    if (!/^[01 ]*$/.test(word.value)) refuseForm(run, directive, word, 'a mask of "0" and "1"');
  }
};

/** Modules are loaded before the first block that needs to know them all. */
const loadModule: NginxCheck = (directive, run) => {
  const before = ['events', 'http', 'stream', 'mail']
    .flatMap((name) => ownSettings(run, levelOf(directive, run), name))
    .find((it) => it.parent.file === directive.parent.file && it.start < directive.start);
  const path = directive.args[0]!.value;
  const first = firstOf(run, `load_module ${path}`, directive);
  if (first && !before) {
    const related = [{ at: first, message: 'the first is here' }];
    const data = { name: path };
    run.refusals.report({ rule: 'duplicate-directive', message: 'module', at: directive, data, related });
  }
  if (!before) return;
  const data = { name: 'load_module', other: before.key };
  const related = [{ at: before, message: 'the block' }];
  run.refusals.report({ rule: 'conflicting-directives', message: 'late', at: directive, data, related });
};

export const core: ModuleChecks = {
  directives: {
    worker_processes: firstArgument('"auto" or a number above 0', (text) => text === 'auto' || parseNumber(text) > 0),
    worker_cpu_affinity: cpuAffinity,
    load_module: loadModule,
    worker_priority: firstArgument('a whole number, with "-" before it if negative', (text) => /^-?\d+$/.test(text)),
  },
};

export const errorLog: ModuleChecks = { directives: { error_log: errorLogCheck } };

const eventMethods = new Set(['epoll', 'select', 'poll', 'kqueue', '/dev/poll', 'eventport', 'rtsig', 'iocp', 'win32']);

export const events: ModuleChecks = {
  directives: {
    worker_connections: firstArgument('a whole number', (text) => !Number.isNaN(parseNumber(text))),
    debug_connection: trustedNetworks,
    use: firstArgument('an event method such as "epoll"', (text) => eventMethods.has(text)),
  },
};

const pool: NginxCheck = (directive, run) => {
  // nginx passes over other words.
  const known = directive.args.slice(1).filter(({ value }) => /^(?:threads|max_queue)=/.test(value));
  checkParameters(run, directive, known, { 'threads=': positive, 'max_queue=': count });
  const name = directive.args[0]!.value;
  if (!known.some(({ value }) => value.startsWith('threads=')) && name !== 'default')
    refuseLack(run, directive, 'the parameter "threads="');
  const first = firstOf(run, `thread_pool ${name}`, directive);
  if (!first) return;
  const related = [{ at: first, message: 'the first is here' }];
  run.refusals.report({ rule: 'duplicate-directive', message: 'entry', at: directive, data: { name }, related });
};

export const threadPool: ModuleChecks = { directives: { thread_pool: pool } };
