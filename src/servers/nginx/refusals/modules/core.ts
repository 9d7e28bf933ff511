/** `ngx_core_module` and its like: what stands outside of `http`, `stream` and `mail`. */
import { parseNumber } from '../../meaning/values.ts';
import { checkParameters, count, positive } from '../parameters.ts';
import { firstArgument } from '../refuse.ts';
import type { ModuleChecks, NginxCheck } from '../run.ts';
import { errorLog as errorLogCheck } from './common/error-log.ts';

export const core: ModuleChecks = {
  directives: {
    worker_processes: firstArgument('"auto" or a number above 0', (text) => text === 'auto' || parseNumber(text) > 0),
    worker_priority: firstArgument('a whole number, with "-" before it if negative', (text) => /^-?\d+$/.test(text)),
  },
};

export const errorLog: ModuleChecks = { directives: { error_log: errorLogCheck } };

const eventMethods = new Set(['epoll', 'select', 'poll', 'kqueue', '/dev/poll', 'eventport', 'rtsig', 'iocp', 'win32']);

export const events: ModuleChecks = {
  directives: {
    worker_connections: firstArgument('a whole number', (text) => !Number.isNaN(parseNumber(text))),
    use: firstArgument('an event method such as "epoll"', (text) => eventMethods.has(text)),
  },
};

const pool: NginxCheck = (directive, run) => {
  checkParameters(run, directive, directive.args.slice(1), { 'threads=': positive, 'max_queue=': count });
};

export const threadPool: ModuleChecks = { directives: { thread_pool: pool } };
